//! The older signatures, `HmacSHA256` and `HmacSHA1`: all parameters in one flat set, under one HMAC.
//!
//! For what TC3 does not reach. The text to sign holds values as they are, so a value with `&` and `=` in
//! it reads like further parameters: where both are possible, TC3 is the better choice.

mod check;
pub mod parameters;
pub mod signature;

use crate::errors::Problems;
use crate::request::{FORM_TYPE, Head, credential, push_pair};
use crate::secret::Secret;
use parameters::Parameters;
use signature::Algorithm;

/// The members of one request, as the caller gave them; an empty text is an absent one.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Sent in the clear.
    pub secret_id: &'a str,
    /// Never sent.
    pub secret: Secret,
    /// The members that every way of signing has; its content type is [`FORM_TYPE`].
    pub head: Head<'a>,
    /// `HmacSHA256` or `HmacSHA1`.
    pub algorithm: &'a str,
    /// From 1 to 2^63 - 1.
    pub nonce: u64,
    /// The action's parameters: the JSON text of an object.
    pub params: &'a str,
}

/// A request that may be sent.
#[derive(Debug)]
pub struct Signed {
    /// The whole address, for GET with the query.
    pub url: String,
    /// The one header beside `Host`; empty for GET, which has none.
    pub content_type: &'static str,
    /// The form that a POST sends; empty for GET.
    pub body: String,
    /// What was signed, values raw.
    pub string_to_sign: String,
    /// In Base64.
    pub signature: String,
}

/// Signs one request; all problems of its members at once.
pub fn sign(input: &Input<'_>) -> Result<Signed, Problems> {
    let mut problems = Problems::default();
    credential::check(input.secret_id, &input.secret, &mut problems);
    let request = input.head.request("");
    let request = request.map_err(|found| problems.append(&found));
    let algorithm = Algorithm::parse(input.algorithm, &mut problems);
    let params = Parameters::read(input.params, &mut problems);
    check::nonce(input.nonce, &mut problems);
    check::names(&params, &mut problems);
    let (Ok(request), Some(algorithm), true) = (request, algorithm, problems.is_empty()) else {
        return Err(problems);
    };

    let parameters = params.with_common(input, algorithm, request.timestamp);
    let string_to_sign = parameters.string_to_sign(request.method, &request.host);
    let signature = algorithm.sign(&input.secret, &string_to_sign);
    let mut form = parameters.encoded();
    push_pair(&mut form, "Signature", &signature);
    check::length(request.method, form.len())?;

    let (mut url, mut content_type, mut body) = (String::from(request.url()), "", String::new());
    if request.method == "GET" {
        url.push_str("?");
        url.push_str(&form);
    } else {
        (content_type, body) = (FORM_TYPE, form);
    }
    Ok(Signed {
        url,
        content_type,
        body,
        string_to_sign,
        signature,
    })
}
