//! What phone, chat and e-mail have in common in the recipes.

use super::{QueueRecipe, Shape};

/// Customers of one language: where they live.
#[derive(Debug, Clone, Copy)]
pub struct Market<'a> {
    pub language: &'a str,
    pub zone: &'a str,
    pub country: &'a str,
}

impl<'a> Market<'a> {
    /// Calls: 80 % within 20 seconds, callers wait two and a half minutes on average before they hang up.
    pub fn phone(
        self,
        id: &'a str,
        hours: &'a str,
        contacts_per_week: f64,
        handle_time_s: f64,
    ) -> QueueRecipe<'a> {
        let promise = "target = { answered = 0.80, within = \"20s\" }\npatience = \"2m30s\"";
        QueueRecipe {
            promise,
            ..self.queue(id, "phone", hours, contacts_per_week, handle_time_s)
        }
    }

    /// Chats, three at once: 80 % within a minute.
    pub fn chat(
        self,
        id: &'a str,
        hours: &'a str,
        contacts_per_week: f64,
        handle_time_s: f64,
    ) -> QueueRecipe<'a> {
        let promise = "target = { answered = 0.80, within = \"60s\" }\npatience = \"4m\"\nconcurrency = 3                  # chats at once for one person ...\nslowdown = 1.2                   # ... each further one makes all of them 20 % longer";
        QueueRecipe {
            promise,
            ..self.queue(id, "chat", hours, contacts_per_week, handle_time_s)
        }
    }

    /// E-mail: 95 % within eight hours, counted on the queue's opening hours.
    pub fn email(
        self,
        id: &'a str,
        hours: &'a str,
        contacts_per_week: f64,
        handle_time_s: f64,
    ) -> QueueRecipe<'a> {
        let promise = "target = { answered = 0.95, within = \"8h\" }";
        QueueRecipe {
            promise,
            shape: if hours == "24/7" {
                Shape::WORKDAY
            } else {
                Shape::MAILBOX
            },
            ..self.queue(id, "email", hours, contacts_per_week, handle_time_s)
        }
    }

    fn queue(
        self,
        id: &'a str,
        channel: &'a str,
        hours: &'a str,
        contacts_per_week: f64,
        handle_time_s: f64,
    ) -> QueueRecipe<'a> {
        QueueRecipe {
            id,
            language: self.language,
            channel,
            zone: self.zone,
            country: self.country,
            hours,
            promise: "",
            contacts_per_week,
            shape: Shape::WORKDAY,
            growth: 0.003,
            day_spread: 0.11,
            on_holidays: 0.35,
            handle_time_s,
            handle_time_cv: 0.8,
            lost: None,
        }
    }
}
