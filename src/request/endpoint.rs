//! The hosts of a service (*Request Structure*). The service of the scope is never guessed from one.

use crate::errors::Problem;

/// The host of a service at an endpoint: `nearest` (also when empty), `regional`, `internal`, `international`.
pub fn host(service: &str, endpoint: &str, region: &str) -> Result<String, Problem> {
    let middle = match endpoint {
        "" | "nearest" => "",
        "internal" => "internal",
        "international" => "intl",
        "regional" if region.is_empty() => {
            let message = "must be given, since the regional endpoint carries its name";
            return Err(Problem::new("region", "Missing", message));
        }
        "regional"
            if !region
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-') =>
        {
            let message = "must be letters, digits and `-`, such as `ap-guangzhou`";
            return Err(Problem::new("region", "Value", message));
        }
        "regional" => region,
        _ => {
            let message = "must be `nearest`, `regional`, `internal` or `international`";
            return Err(Problem::new("endpoint", "Value", message));
        }
    };
    let mut host = service.to_ascii_lowercase();
    if !middle.is_empty() {
        host.push('.');
        host.push_str(&middle.to_ascii_lowercase());
    }
    host.push_str(".tencentcloudapi.com");
    Ok(host)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn each_endpoint_has_its_host() {
        let check = |endpoint, expected: &str| {
            let found = host("Iotvideo", endpoint, "ap-guangzhou");
            assert_eq!(found.as_deref(), Ok(expected));
        };
        check("", "iotvideo.tencentcloudapi.com");
        check("nearest", "iotvideo.tencentcloudapi.com");
        check("regional", "iotvideo.ap-guangzhou.tencentcloudapi.com");
        check("internal", "iotvideo.internal.tencentcloudapi.com");
        check("international", "iotvideo.intl.tencentcloudapi.com");
        assert_eq!(
            host("s", "regional", "").expect_err("no region").path,
            "region"
        );
        assert_eq!(
            host("s", "regional", "a/b").expect_err("no label").path,
            "region"
        );
        assert_eq!(
            host("s", "moon", "r").expect_err("unknown").path,
            "endpoint"
        );
    }
}
