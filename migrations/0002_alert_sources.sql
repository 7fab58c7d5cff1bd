CREATE TABLE `maintenance_window_sources` (
	`window_id` integer NOT NULL,
	`source_id` integer NOT NULL,
	PRIMARY KEY(`window_id`, `source_id`),
	FOREIGN KEY (`window_id`) REFERENCES `maintenance_windows`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `alert_sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `maintenance_window_sources_of` ON `maintenance_window_sources` (`source_id`);--> statement-breakpoint
CREATE TABLE `maintenance_windows` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`timezone` text NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`recurrence` text,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `support_hours` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`timezone` text NOT NULL,
	`support_days` text NOT NULL,
	`exceptions` text DEFAULT '[]' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `support_hours_id` integer REFERENCES support_hours(id);--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `auto_raise` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `resolve_delay` text;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `events_per_minute` integer;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `max_open_incidents` integer;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `templates` text;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `rules` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `mail` text;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `sms_number` text;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `sms_keyword` text;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `sms_allowed` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `heartbeat` text;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `signing_secret` text;--> statement-breakpoint
CREATE UNIQUE INDEX `alert_sources_sms` ON `alert_sources` (`sms_number`,`sms_keyword`);