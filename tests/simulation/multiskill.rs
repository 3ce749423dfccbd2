//! Several queues, several groups: exact chains of small centres.

use followsun::simulation::{AgentPicks, RunPlan, ServiceLevel, Skill, simulate};

use crate::case::{always, hours, phone, skill, steady, steady_parts};
use crate::golden::{Row, Score, exact, table};

/// Groups of agents: how many, and the priority of each class they serve.
fn groups(row: &Row) -> Vec<(usize, Vec<Skill>)> {
    let json: serde_json::Value =
        serde_json::from_str(&row["groups_json[count;{class:priority}]"]).expect("JSON");
    let groups = json.as_array().expect("a list of groups");
    groups
        .iter()
        .map(|group| {
            let classes = group[1].as_object().expect("classes");
            let skills = classes.iter().map(|(class, priority)| Skill {
                priority: priority.as_u64().expect("a priority") as u32,
                ..skill(class.parse().expect("a class"))
            });
            (
                group[0].as_u64().expect("a count") as usize,
                skills.collect(),
            )
        })
        .collect()
}

#[test]
fn exact_chains_of_several_skills() {
    let mut score = Score::default();
    let rows = table("multiskill_ctmc.csv");
    let mut instances: Vec<&str> = rows.iter().map(|row| row["instance"].as_str()).collect();
    instances.dedup();
    for instance in instances {
        let classes: Vec<&Row> = rows
            .iter()
            .filter(|row| row["instance"] == instance)
            .collect();
        let queues = classes.iter().map(|row| {
            phone(
                vec![exact(row, "arrival_per_s") * 3600.0; hours()],
                exact(row, "aht_s"),
                Some(exact(row, "mean_patience_s")),
                exact(row, "T_s"),
            )
        });
        let mut agents = Vec::new();
        for (count, skills) in groups(classes[0]) {
            agents.extend(always(count, agents.len() as u64, &skills));
        }
        let mut input = steady(queues.collect(), agents);
        if classes[0]["rule"] == "skill_priority" {
            input.routing.agent_picks = AgentPicks::SkillPriority;
        }
        let result =
            simulate(&input, &RunPlan::quick(600, 5, steady_parts())).expect("a sound case");
        for (row, found) in classes.iter().zip(&result.queues) {
            let name = format!("{instance} class {}", row["class"]);
            let part = &found.parts[1];
            let level = part.service_level(ServiceLevel::Offered);
            score.add(format!("{name} sl"), level, exact(row, "sl_offered"));
            score.add(
                format!("{name} p_wait"),
                part.delayed_share(),
                exact(row, "p_wait"),
            );
            score.add(
                format!("{name} p_abandon"),
                part.abandoned_share(),
                exact(row, "p_abandon"),
            );
            score.add(
                format!("{name} wait"),
                part.mean_wait_s(),
                exact(row, "mean_wait_all_s"),
            );
        }
    }
    score.judge(3.0);
}
