//! Every path: the state machines that ship, with a network that loses, delays and repeats, a service, clocks that differ and
//! jump, somebody who buys meanwhile, and a caller who crashes once; visited to the end.

mod broken;
mod world;

use super::judge::Service;
use super::order::{Phase, Verdict};
use super::plan::Plan;
use stateright::{Checker, HasDiscoveries, Model, Property};
use world::{Act, World};

/// How the service shows an order that returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Shown {
    Refunded,
    Gone,
    OtherId,
    SameId,
}

/// What is explored.
#[derive(Clone, Debug)]
struct Refunds {
    plan: Plan,
    shown: Shown,
    /// Whether the platform may send a request twice by itself.
    repeats: bool,
    /// A rule that the caller breaks.
    broken: Option<broken::Rule>,
}

impl Refunds {
    fn service(&self) -> Service {
        Service {
            reuses_ids: self.shown == Shown::SameId,
            margin_ms: 0,
        }
    }

    fn settled(world: &World, verdict: &Verdict) -> bool {
        world
            .phases
            .iter()
            .any(|phase| *phase == Phase::Settled(verdict.clone()))
    }
}

impl Model for Refunds {
    type State = World;
    type Action = Act;

    fn init_states(&self) -> Vec<World> {
        vec![World::new()]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Act>) {
        world.actions(self, actions);
    }

    fn next_state(&self, world: &World, action: Act) -> Option<World> {
        let mut next = world.clone();
        next.act(self, action);
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("a request is handed over once", |_, world: &World| {
                world.sent.iter().all(|sent| *sent <= 1)
            }),
            Property::always("what is told as done is done", |_, world: &World| {
                let told = |at: usize| world.phases[at] == Phase::Settled(Verdict::Done);
                (0..2).all(|at| !told(at) || world.refunded[at])
            }),
            Property::always(
                "what is told as not done is never done",
                |_, world: &World| {
                    let told = |at: usize| world.phases[at] == Phase::Settled(Verdict::NotDone);
                    (0..2).all(|at| !told(at) || !world.refunded[at])
                },
            ),
            Property::always(
                "nothing is sent that differs from its plan",
                |_, world: &World| !world.sent_though_it_differed,
            ),
            Property::always(
                "nobody must look where the list tells",
                |model: &Self, world: &World| {
                    let checks = |phase: &Phase| matches!(phase, Phase::Settled(Verdict::Check(_)));
                    model.shown == Shown::SameId || !world.phases.iter().any(checks)
                },
            ),
            Property::sometimes("done", |_, world| Self::settled(world, &Verdict::Done)),
            Property::sometimes("not done", |_, world| {
                Self::settled(world, &Verdict::NotDone)
            }),
        ]
    }
}

const SHOWN: [Shown; 4] = [Shown::Refunded, Shown::Gone, Shown::OtherId, Shown::SameId];

/// Visits every state.
fn explore(shown: Shown, repeats: bool, broken: Option<broken::Rule>) -> impl Checker<Refunds> {
    let model = Refunds {
        plan: World::plan(),
        shown,
        repeats,
        broken,
    };
    // Who breaks a rule is found out once.
    let until = match broken {
        Some(_) => HasDiscoveries::AnyFailures,
        None => HasDiscoveries::All,
    };
    let checker = model.checker().threads(2).finish_when(until);
    checker.spawn_bfs().join()
}

#[test]
fn every_path_keeps_the_promises() {
    for shown in SHOWN {
        for repeats in [false, true] {
            let checker = explore(shown, repeats, None);
            checker.assert_properties();
            println!(
                "{shown:?}, repeats {repeats}: {} states",
                checker.unique_state_count()
            );
        }
    }
}

#[test]
fn each_broken_rule_is_found() {
    for (rule, promise) in broken::RULES {
        let found = SHOWN.iter().any(|shown| {
            let checker = explore(*shown, true, Some(rule));
            checker.discovery(promise).is_some()
        });
        assert!(found, "{rule:?} keeps: {promise}");
    }
}
