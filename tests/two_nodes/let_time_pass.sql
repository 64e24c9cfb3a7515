-- Hours pass for what is in the hands of workers who died: what living ones hold is locked.
WITH steps AS (
    UPDATE dunning_step SET handing_on = handing_on - interval '1 hour', retry_on = NULL
     WHERE id IN (SELECT id FROM dunning_step WHERE state = 'handing' OR retry_on IS NOT NULL FOR UPDATE SKIP LOCKED)
), touches AS (
    UPDATE lifecycle_touch SET claimed_on = claimed_on - interval '1 hour'
     WHERE id IN (SELECT id FROM lifecycle_touch WHERE state = 'claimed' FOR UPDATE SKIP LOCKED)
), mails AS (
    UPDATE mail_mail SET write_date = write_date - interval '1 hour'
     WHERE id IN (SELECT id FROM mail_mail WHERE state = 'exception' FOR UPDATE SKIP LOCKED)
), lines AS (
    UPDATE listino_sending_line SET handing_date = handing_date - interval '1 hour', retry_date = NULL
     WHERE id IN (
        SELECT id FROM listino_sending_line WHERE state = 'handing' OR retry_date IS NOT NULL FOR UPDATE SKIP LOCKED
     )
)
UPDATE shop_feed_build SET ended_on = ended_on - interval '1 hour' WHERE state = 'good'
