-- All scheduled actions of the suite, and Odoo's mail queue, are due; what a node works at is left to it.
UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 minute', active = TRUE
 WHERE id IN (
    SELECT cron.id FROM ir_cron cron
      JOIN ir_model_data data ON data.model = 'ir.cron' AND data.res_id = cron.id
     WHERE data.module IN (:addons) OR (data.module = 'mail' AND data.name = 'ir_cron_mail_scheduler_action')
       FOR UPDATE OF cron SKIP LOCKED
 )
