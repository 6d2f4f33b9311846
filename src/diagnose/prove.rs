//! Makes the signature again with one mistake after the other, then with two at once, until it fits.

use super::cause::{Cause, Finding};
use super::hypotheses::{Change, changes};
use super::recipe::Signer;
use super::{Trial, difference};

/// What making the signature again showed.
pub(super) enum Proof {
    /// It fits as it is.
    Right,
    /// It fits with these mistakes.
    Found(Vec<Finding>),
    /// It fits with none that is known.
    NotFound,
    /// There is no key to make it with.
    NoKey,
}

/// A longer canonical request is no request of the service, and would take seconds to sign thousands of times.
const LONGEST: usize = 64 * 1024;

/// Tries them all.
pub(super) fn prove(trial: &Trial<'_>) -> Proof {
    let Some(credential) = &trial.input.credential else {
        return Proof::NoKey;
    };
    let signature = &trial.authorization.signature;
    let base = trial.base.with_secret(credential);
    let mut signer = Signer::default();
    if signer.fits(&base, signature) {
        return Proof::Right;
    }
    if base.canonical_request().len() > LONGEST {
        return Proof::NotFound;
    }
    let changes = changes(trial);
    let mut fits = |tried: &[&Change<'_>]| {
        let mut recipe = base.clone();
        for change in tried {
            (change.apply)(&mut recipe);
        }
        signer.fits(&recipe, signature)
    };
    if let Some(change) = changes.iter().find(|change| fits(&[*change])) {
        return Proof::Found(vec![change.finding()]);
    }
    let common: Vec<&Change<'_>> = changes.iter().filter(|change| change.common).collect();
    for (at, first) in common.iter().enumerate() {
        for second in &common[at + 1..] {
            if first.cause != second.cause && fits(&[*first, *second]) {
                return Proof::Found(vec![first.finding(), second.finding()]);
            }
        }
    }
    Proof::NotFound
}

/// Whether the sender's own texts do not give the signature either.
pub(super) fn another_key(trial: &Trial<'_>) -> bool {
    let input = trial.input;
    let given = input.canonical_request.is_some() || input.string_to_sign.is_some();
    given && !difference::sender(trial).signed_with_our_key
}

/// What the sender's string to sign tells of a header that came without its request.
pub(super) fn header_alone(trial: &Trial<'_>) -> Finding {
    let texts = difference::sender(trial);
    if texts.signed_with_our_key {
        return Cause::NoRequest.likely(
            "The secret key is right: the signature is that of the sender's text. Whether the text is right can be told only with the request.",
        );
    }
    if trial.input.credential.is_some() && another_key(trial) {
        return Cause::SecretKeyOrBody.likely(
            "The signature is not that of the sender's string to sign under this secret key: another key signed, or another text.",
        );
    }
    Cause::NoRequest.likely(
        "Nothing in the header is wrong by itself; whether the signature fits can be told only with its request.",
    )
}

/// What is left where nothing was proved, the likeliest first.
pub(super) fn rest(trial: &Trial<'_>) -> Vec<Finding> {
    let mut rest = Vec::new();
    let texts = difference::sender(trial);
    if texts.signed_with_our_key {
        rest.push(Cause::BodyChanged.likely(
            "The secret key is right: the signature is that of the sender's own text. What it covers was changed on the way, or differs from what was sent.",
        ));
    } else if texts.canonical_request_is_right {
        rest.push(Cause::SecretKeyOrBody.likely(
            "The sender's canonical request is right, so another secret key signed, or the key was derived in another way.",
        ));
    } else if another_key(trial) {
        rest.push(Cause::SecretKeyOrBody.likely(
            "The signature is not that of the sender's own text under this secret key: another key signed, or another text.",
        ));
    } else {
        rest.push(Cause::SecretKeyOrBody.likely(
            "No known mistake gives this signature: another secret key signed, or body or headers were changed afterwards in a way that cannot be guessed.",
        ));
        rest.push(
            Cause::ContentTypeDiffers
                .likely("A library or a proxy may have rewritten Content-Type after the signing."),
        );
        rest.push(Cause::HostDiffers.likely("A proxy may have rewritten Host after the signing."));
    }
    rest
}
