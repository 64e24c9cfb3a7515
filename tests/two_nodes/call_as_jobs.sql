-- One scheduled action is due, and becomes so many jobs.
UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 minute', active = TRUE, queue_job_count = :jobs
 WHERE id = (SELECT res_id FROM ir_model_data WHERE model = 'ir.cron' AND module || '.' || name = ':action')
