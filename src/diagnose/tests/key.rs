//! The key, who signed, and the token.

use super::{Cause, KEY, TOKEN, credential, post};

#[test]
fn secret_spaces() {
    for (before, after) in [
        ("", " "),
        ("", "\n"),
        ("", "\r\n"),
        ("", "\t"),
        (" ", ""),
        (" ", " "),
    ] {
        let key = format!("TC3{before}{KEY}{after}");
        post(
            |s| s.first_key = key.into(),
            Cause::SecretSpaces,
            "was signed with the secret key and",
        );
    }
    let ours = format!("{KEY}\n");
    post(
        |s| s.input.credential = Some(credential(&ours, None)),
        Cause::SecretSpaces,
        "given here",
    );
}

#[test]
fn secret_empty() {
    post(
        |s| s.first_key = b"TC3".into(),
        Cause::SecretEmpty,
        "signed with an empty",
    );
    post(
        |s| s.input.credential = Some(credential("", None)),
        Cause::SecretEmpty,
        "given here",
    );
}

#[test]
fn secret_key_prefix() {
    post(
        |s| s.first_key = KEY.into(),
        Cause::SecretKeyPrefix,
        "without TC3",
    );
    post(
        |s| s.hexed = true,
        Cause::SecretKeyPrefix,
        "hexadecimal text",
    );
}

#[test]
fn tokens() {
    post(
        |s| s.set("X-TC-Token", TOKEN),
        Cause::TokenWithoutTemporaryCredential,
        "X-TC-Token was sent",
    );
    let temporary = || Some(credential(KEY, Some(TOKEN)));
    post(
        |s| s.input.credential = temporary(),
        Cause::TokenMissing,
        "was not sent",
    );
    post(
        |s| {
            s.input.credential = temporary();
            s.set("X-TC-Token", "Sentinel-another");
        },
        Cause::TokenDiffers,
        "not the credential's",
    );
}

#[test]
fn secret_id_differs() {
    post(
        |s| s.secret_id = "other".into(),
        Cause::SecretIdDiffers,
        "\"other\"",
    );
    post(
        |s| s.secret_id = "id ".into(),
        Cause::SecretIdDiffers,
        "white space",
    );
}
