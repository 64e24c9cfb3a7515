{
    "name": "Scheduled actions through the job queue",
    "summary": "A scheduled action that is due becomes several jobs of OCA's queue_job, which work side by side",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Hidden/Tools",
    "license": "LGPL-3",
    "depends": ["queue_job"],
    "data": ["data/queue_job_data.xml", "views/ir_cron_views.xml"],
}
