//! Queries: parameters become a query that no URL parser changes, and a given one is taken only where that holds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tc3_edge::request::{Head, Member};

fuzz_target!(|text: &str| {
    if let Ok(request) = head("").request(text) {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%=&".contains(&byte);
        assert!(request.query.bytes().all(safe), "{}", request.query);
        assert!(head(&request.query).request("").is_ok());
    }
    if let Ok(request) = head(text).request("") {
        assert_eq!(request.query, text);
        assert!(!text.contains([' ', '#', '\'', '"', '<', '>']) && text.is_ascii());
    }
});

fn head(query: &str) -> Head<'_> {
    Head::default()
        .with(Member::Method, "GET")
        .with(Member::Scheme, "https")
        .with(Member::Service, "toy")
        .with(Member::Action, "A")
        .with(Member::Version, "V")
        .with(Member::ContentType, "application/x-www-form-urlencoded")
        .with(Member::Query, query)
}
