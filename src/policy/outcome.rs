//! Whether a refusal proves that nothing was done.

use crate::errors::NotExecuted;

/// What may have arrived of one call that changes something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// Something else may have arrived for the same target whose outcome is not known: an earlier try, or another call.
    pub earlier: bool,
    /// This request arrived once: its platform cannot have sent it twice, or its receiver knows a repeat by its key.
    pub once: bool,
}

/// Whether a refusal with what its code proves, in an answer of this status, says that nothing was done. For writing calls
/// the status wins over the body: 5xx may come from what stands before a service that went on.
pub fn nothing_done(known: NotExecuted, status: u16, arrivals: Arrivals) -> bool {
    let proves = match known {
        NotExecuted::Always => true,
        NotExecuted::Certain | NotExecuted::Likely => arrivals.once,
        NotExecuted::Unknown => false,
    };
    proves && !arrivals.earlier && (200..300).contains(&status)
}

#[cfg(test)]
mod tests {
    use super::{Arrivals, nothing_done};
    use crate::errors::NotExecuted::{self, Always, Certain, Likely, Unknown};

    /// A service that executes at most one arrival, and what an arrival of a code means there.
    fn may_have_run(known: NotExecuted, arrivals: Arrivals) -> bool {
        let by_this_arrival = known == Unknown;
        // What an arrival before this one may have done, if it was refused otherwise or not at all.
        let by_a_repeat = !arrivals.once && known != Always;
        by_this_arrival || by_a_repeat || arrivals.earlier
    }

    #[test]
    fn nothing_that_may_have_run_is_called_refused() {
        for known in [Always, Certain, Likely, Unknown] {
            for earlier in [false, true] {
                for once in [false, true] {
                    let arrivals = Arrivals { earlier, once };
                    let found = nothing_done(known, 200, arrivals);
                    // And nothing that is proved is called unknown.
                    assert_eq!(
                        found,
                        !may_have_run(known, arrivals),
                        "{known:?} {arrivals:?}"
                    );
                    for status in [0, 199, 301, 421, 429, 500, 503, 599] {
                        assert!(!nothing_done(known, status, arrivals));
                    }
                }
            }
        }
    }
}
