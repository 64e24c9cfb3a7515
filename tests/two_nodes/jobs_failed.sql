-- Jobs that failed, with why.
SELECT name || ': ' || COALESCE(exc_message, exc_name, '') FROM queue_job WHERE state IN ('failed', 'cancelled')
