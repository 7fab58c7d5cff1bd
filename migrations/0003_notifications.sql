CREATE TABLE `delivery_log` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`user_id` integer NOT NULL,
	`notification_id` text NOT NULL,
	`incident_id` integer,
	`channel` text NOT NULL,
	`target` text NOT NULL,
	`provider` text NOT NULL,
	`outcome` text NOT NULL,
	`reason` text,
	`duration_ms` integer
);
--> statement-breakpoint
CREATE TABLE `push_devices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`target` text NOT NULL,
	`keys` text DEFAULT '{}' NOT NULL,
	`fault` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_devices_target` ON `push_devices` (`user_id`,`kind`,`target`);--> statement-breakpoint
CREATE TABLE `update_preferences` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`method` text NOT NULL,
	`contact_id` integer,
	`type` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `update_preferences_user` ON `update_preferences` (`user_id`);--> statement-breakpoint
ALTER TABLE `contacts` ADD `code_hash` text;--> statement-breakpoint
ALTER TABLE `contacts` ADD `code_expires_at` integer;--> statement-breakpoint
ALTER TABLE `contacts` ADD `code_attempts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `faults` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `sms_stopped` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `muted_until` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `quiet_hours` text;