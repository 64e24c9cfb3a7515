-- What holds the next action up: jobs that are not over, and Odoo's own queue of mails.
SELECT number || ' ' || what FROM (
    SELECT 'jobs to do' AS what, COUNT(*) AS number FROM queue_job WHERE state NOT IN ('done', 'failed', 'cancelled')
    UNION ALL
    SELECT 'mails in the queue', COUNT(*) FROM mail_mail WHERE state = 'outgoing'
) work WHERE number > 0
