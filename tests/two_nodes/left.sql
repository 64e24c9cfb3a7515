-- What is still to be done, a line a kind; nothing where all is done.
SELECT number || ' ' || what FROM (
    SELECT 'reminders to send' AS what, COUNT(*) AS number FROM dunning_step WHERE state IN ('claimed', 'handing')
    UNION ALL
    SELECT 'cases without a reminder', COUNT(*) FROM dunning_case one
     WHERE NOT EXISTS (SELECT FROM dunning_step step WHERE step.case_id = one.id)
    UNION ALL
    SELECT 'companies to scan', COUNT(*) FROM res_company WHERE dunning_scan_date IS DISTINCT FROM (now() AT TIME ZONE 'Europe/Rome')::date
    UNION ALL
    SELECT 'customers to look at', COUNT(*) FROM lifecycle_mark
    UNION ALL
    SELECT 'customers to let into the play', COUNT(*) FROM lifecycle_status status
      JOIN lifecycle_play play ON play.code = 'bench_win_back' AND play.stage_id = status.stage_id
     WHERE NOT EXISTS (
        SELECT FROM lifecycle_entry entry WHERE entry.play_id = play.id AND entry.partner_id = status.partner_id
     )
    UNION ALL
    SELECT 'contacts to plan', COUNT(*) FROM lifecycle_entry entry
     WHERE NOT EXISTS (SELECT FROM lifecycle_touch touch WHERE touch.entry_id = entry.id)
    UNION ALL
    SELECT 'contacts to make', COUNT(*) FROM lifecycle_touch WHERE state IN ('due', 'deferred', 'claimed')
    UNION ALL
    SELECT 'mails in the queue', COUNT(*) FROM mail_mail WHERE state = 'outgoing'
    UNION ALL
    SELECT 'mails of which nobody knows yet whether they were sent', COUNT(*) FROM mail_mail WHERE failure_type = 'lifecycle_handing' AND state = 'exception'
    UNION ALL
    SELECT 'price lists to send', COUNT(*) FROM listino_sending_line WHERE state IN ('waiting', 'handing')
    UNION ALL
    SELECT 'sendings to open', COUNT(*) FROM listino_sending WHERE state IN ('planned', 'running')
    UNION ALL
    SELECT 'changes for feeds', COUNT(*) FROM shop_feed_mark
    UNION ALL
    SELECT 'items to build', COUNT(*) FROM shop_feed_item WHERE is_dirty
    UNION ALL
    SELECT 'files to put together', COUNT(*) FROM shop_feed
     WHERE change_count <> assembled_count OR build_id IS NULL
    UNION ALL
    SELECT 'lists whose prices are to be noted', COUNT(*) FROM shop_feed WHERE prices_noted_on IS DISTINCT FROM CURRENT_DATE
) work WHERE number > 0
