//! Whether people and queues go together.

use super::Check;
use super::feasible::window_problem;
use super::values::PlanDates;
use crate::scenario::diagnostic::{Code, nearest};
use crate::scenario::domain::{
    Agent, ChannelSet, Contract, CoverWho, Hire, HireCount, LanguageSkill, Place, Queue,
};
use crate::scenario::source::Span;

impl Check<'_> {
    /// Every agent must have something to serve (or a role that is asked for), and every queue somebody who serves it.
    pub fn who_serves(
        &mut self,
        queues: &[Option<Queue>],
        agents: &[Option<Agent>],
        hires: &[Option<Hire>],
        asked: &[CoverWho],
        plan: Option<&PlanDates>,
    ) {
        let broken = queues.iter().any(Option::is_none)
            || agents.iter().any(Option::is_none)
            || hires.iter().any(Option::is_none)
            || !self.known.agents_complete;
        if broken || agents.is_empty() {
            return;
        }
        let queues: Vec<&Queue> = queues.iter().flatten().collect();
        let mut served = vec![false; queues.len()];
        for agent in agents.iter().flatten() {
            let here = plan.is_none_or(|plan| {
                agent.from.is_none_or(|from| from <= plan.last)
                    && agent.until.is_none_or(|until| until >= plan.first)
            });
            let mut any = false;
            for (at, queue) in queues.iter().enumerate() {
                if can(&agent.languages, agent.channels, queue) {
                    any = true;
                    served[at] |= here;
                }
            }
            if !any && !asked.iter().any(|who| who.matches(agent)) {
                self.nothing_to_serve(agent, &queues);
            }
        }
        for hire in hires.iter().flatten() {
            let mut any = false;
            for (at, queue) in queues.iter().enumerate() {
                if can(&hire.languages, hire.channels, queue) {
                    any = true;
                    served[at] |= hire.count != HireCount::Number(0);
                }
            }
            if !any && !asked.iter().any(|who| who.role == Some(hire.role)) {
                let span = self.span_of(&hire.place);
                self.problems
                    .error(
                        Code::NothingToServe,
                        span,
                        format!(
                            "the people of [[hire]] \"{}\" could serve no queue",
                            hire.id
                        ),
                    )
                    .hint("their languages and channels must both be those of some queue");
            }
        }
        for (queue, _) in queues.iter().zip(&served).filter(|(_, served)| !**served) {
            self.nobody_serves(queue, agents);
        }
    }

    fn nothing_to_serve(&mut self, agent: &Agent, queues: &[&Queue]) {
        let languages: Vec<&str> = agent
            .languages
            .iter()
            .map(|skill| self.known.languages[skill.language.0].as_str())
            .collect();
        let channels: Vec<&str> = agent
            .channels
            .iter()
            .map(|channel| channel.name())
            .collect();
        let wanted = || {
            queues
                .iter()
                .map(|queue| self.known.languages[queue.language.0].as_str())
        };
        let near = languages
            .iter()
            .find_map(|language| nearest(language, wanted()))
            .filter(|near| !languages.contains(near));
        let (message, hint) = if languages.is_empty() || channels.is_empty() {
            let what = if languages.is_empty() {
                "languages"
            } else {
                "channels"
            };
            (
                format!(
                    "agent \"{}\" has no {what}, so there is no queue to serve",
                    agent.id
                ),
                format!("fill the column \"{what}\" (lists with ;), or take the person out"),
            )
        } else {
            (
                format!(
                    "agent \"{}\" can serve no queue: there is none in {} on {}",
                    agent.id,
                    languages.join(", "),
                    channels.join(", ")
                ),
                match near {
                    Some(near) => format!("did you mean the language \"{near}\"?"),
                    None => {
                        "a queue is served by who has its language and its channel both".to_owned()
                    }
                },
            )
        };
        let span = self.span_of(&agent.place);
        self.problems
            .error(Code::NothingToServe, span, message)
            .hint(hint)
            .alike("agent");
    }

    fn nobody_serves(&mut self, queue: &Queue, agents: &[Option<Agent>]) {
        let language = &self.known.languages[queue.language.0];
        let speakers = agents.iter().flatten().filter(|agent| {
            agent
                .languages
                .iter()
                .any(|skill| skill.language == queue.language)
        });
        let hint = match speakers.count() {
            0 => format!(
                "nobody speaks \"{language}\": add it to somebody's languages, or a [[hire]]"
            ),
            1 => format!(
                "1 person speaks \"{language}\", but not on {}: add the channel, or a [[hire]]",
                queue.channel
            ),
            count => format!(
                "{count} people speak \"{language}\", but none of them on {} in these weeks: add the channel, or a [[hire]]",
                queue.channel
            ),
        };
        let span = self.span_of(&queue.place);
        self.problems
            .error(
                Code::NobodyServes,
                span,
                format!("nobody can serve the queue \"{}\"", queue.id),
            )
            .hint(hint);
    }

    /// Windows that no shift fits.
    pub fn windows(&mut self, agents: &[Option<Agent>], contracts: &[Option<Contract>]) {
        for agent in agents.iter().flatten() {
            let Some(contract) = contracts.get(agent.contract.0).and_then(Option::as_ref) else {
                continue;
            };
            if let Some((message, hint)) = window_problem(agent, contract) {
                let span = self.span_of(&agent.place);
                self.problems
                    .error(
                        Code::ImpossibleWindow,
                        span,
                        format!("agent \"{}\" can never work: {message}", agent.id),
                    )
                    .hint(hint)
                    .alike(contract.id.clone());
            }
        }
    }

    /// The line of a place.
    fn span_of(&self, place: &Place) -> Option<Span> {
        self.sources.line_span(place)
    }
}

fn can(languages: &[LanguageSkill], channels: ChannelSet, queue: &Queue) -> bool {
    channels.contains(queue.channel)
        && languages
            .iter()
            .any(|skill| skill.language == queue.language)
}
