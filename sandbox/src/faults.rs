//! Faults that somebody asked for: what is answered in place of the answer, before a call is carried out or after it.

use serde::{Deserialize, Serialize};

/// A fault, as it is asked for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Of this action alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Of this account alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Whether the call was carried out before it; what only changes how an answer comes is always behind the call.
    #[serde(default)]
    pub when: When,
    /// How many calls it befalls; without end where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// With which probability it befalls a call.
    #[serde(default = "certain")]
    pub probability: f64,
    /// From which that is drawn.
    #[serde(default)]
    pub seed: u64,
    /// What happens then.
    pub effect: Effect,
}

fn certain() -> f64 {
    1.0
}

/// When a fault comes.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum When {
    /// The call is not carried out.
    #[default]
    Before,
    /// It was carried out, and kept; only its answer is another one.
    After,
}

/// What a fault does to the answer.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Effect {
    /// An error with this code.
    Code(String),
    /// This HTTP status, with a page that is not the protocol's.
    Status(u16),
    /// The connection ends without an answer.
    Cut,
    /// No answer comes.
    Hang,
    /// Only the first bytes of the answer come, then the connection ends.
    Truncate(u32),
    /// The answer comes later, by so many milliseconds.
    Late(u32),
    /// The answer has this Content-Type.
    ContentType(String),
}

/// Those that wait, and how often each may come.
#[derive(Debug, Default)]
pub struct Faults(Vec<(Fault, u64)>);

impl Faults {
    /// Adds one behind the others.
    pub fn add(&mut self, fault: Fault) {
        let drawn = fault.seed;
        self.0.push((fault, drawn));
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Those that wait, with what is left of their counts.
    pub fn waiting(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter().map(|(fault, _)| fault)
    }

    /// What befalls a call: of the first that is about it and is drawn.
    pub fn befall(&mut self, account: &str, action: &str) -> Option<(When, Effect)> {
        let is = |asked: &Option<String>, found: &str| asked.as_ref().is_none_or(|it| it == found);
        let at = self.0.iter_mut().position(|(fault, drawn)| {
            is(&fault.account, account)
                && is(&fault.action, action)
                && draw(drawn) < fault.probability
        })?;
        let (fault, _) = &mut self.0[at];
        let when = match fault.effect {
            Effect::Late(_) | Effect::ContentType(_) => When::After,
            _ => fault.when,
        };
        let found = (when, fault.effect.clone());
        if let Some(count) = &mut fault.count {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.0.remove(at);
            }
        }
        Some(found)
    }
}

/// The next draw, evenly from 0 to 1.
fn draw(state: &mut u64) -> f64 {
    let word = crate::ids::mix(state);
    #[allow(clippy::cast_precision_loss)]
    let drawn = (word >> 11) as f64 / (1_u64 << 53) as f64;
    drawn
}

#[cfg(test)]
mod tests {
    use super::{Effect, Fault, Faults, When};

    fn fault(text: &str) -> Fault {
        serde_json::from_str(text).expect("a fault")
    }

    #[test]
    fn a_fault_comes_as_often_as_it_was_asked_for() {
        let mut faults = Faults::default();
        faults.add(fault(r#"{"action":"A","count":2,"effect":"cut"}"#));
        faults.add(fault(
            r#"{"account":"b","when":"after","effect":{"code":"C"}}"#,
        ));
        assert_eq!(faults.befall("a", "B"), None);
        let cut = Some((When::Before, Effect::Cut));
        assert_eq!(
            (faults.befall("a", "A"), faults.befall("b", "A")),
            (cut.clone(), cut)
        );
        assert_eq!(faults.befall("a", "A"), None);
        let code = Some((When::After, Effect::Code("C".into())));
        assert_eq!(
            (faults.befall("b", "A"), faults.befall("b", "X")),
            (code.clone(), code)
        );
        assert_eq!(faults.waiting().count(), 1);
        faults.clear();
        assert_eq!(faults.befall("b", "A"), None);
    }

    #[test]
    fn draws_follow_from_the_seed() {
        let run = |seed| {
            let mut faults = Faults::default();
            faults.add(fault(&format!(
                r#"{{"probability":0.3,"seed":{seed},"effect":"hang"}}"#
            )));
            (0..1000)
                .map(|_| faults.befall("a", "A").is_some())
                .collect::<Vec<_>>()
        };
        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
        let hits = run(7).iter().filter(|hit| **hit).count();
        assert!((250..350).contains(&hits), "{hits}");
    }
}
