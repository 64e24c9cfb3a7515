-- No scheduled action is due today but one that is called.
DELETE FROM ir_cron_trigger;
UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' + interval '1 day'
