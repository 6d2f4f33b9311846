//! Statuses by time, and the pool's order.

use super::{Gone, Order, Service};
use crate::package::Package;

const DAY: i64 = 86_400;

fn package(id: &str) -> Package {
    Package::find(id).expect("a package")
}

fn order(start: i64, end: i64, refunded: Option<i64>) -> Order {
    // Returned where it had not started, void else: what is shown is the same.
    let how = |at| {
        if at < start {
            Gone::Returned
        } else {
            Gone::Void
        }
    };
    let (id, package) = ("1".into(), package("yc1m3d"));
    Order {
        id,
        package,
        start,
        end,
        used: false,
        gone: refunded.map(|at| (how(at), at)),
        used_again: false,
    }
}

fn service(orders: Vec<Order>) -> Service {
    Service {
        id: "s".into(),
        tid: "t".into(),
        channel: 0,
        storage_region: "ap-guangzhou".into(),
        access_id: String::new(),
        orders,
    }
}

#[test]
fn an_orders_status_follows_from_the_time() {
    let check = |now, expected| {
        let order = order(100, 200, None);
        assert_eq!(order.status(now), expected, "{now}");
        assert_eq!(order.is_valid(now), expected < 3, "{now}");
    };
    check(0, 2);
    check(99, 2);
    check(100, 1);
    check(199, 1);
    check(200, 4);
    for now in [0, 150, 300] {
        assert_eq!(order(100, 200, Some(120)).status(now), 5);
    }
}

#[test]
fn a_services_status_follows_from_its_orders() {
    let check = |orders: &[Order], now, expected| {
        assert_eq!(service(orders.to_vec()).status(now), expected, "{now}");
    };
    let plain = [order(100, 200, None), order(300, 400, None)];
    check(&plain, 99, 4);
    check(&plain, 100, 1);
    check(&plain, 250, 4);
    check(&plain, 300, 1);
    check(&plain, 400, 2);
    check(&plain, 400 + 3 * DAY - 1, 2);
    check(&plain, 400 + 3 * DAY, 3);
}

#[test]
fn a_refunded_service_keeps_what_it_recorded() {
    let started = service(vec![order(100, 200, Some(150)), order(200, 300, Some(150))]);
    assert_eq!(started.status(150), 2);
    assert_eq!(started.status(150 + 3 * DAY - 1), 2);
    assert_eq!(started.status(150 + 3 * DAY), 3);
    let waiting = service(vec![order(100, 200, Some(50))]);
    assert_eq!(waiting.status(50), 3);
    assert_eq!(service(Vec::new()).status(0), 3);
}

#[test]
fn a_services_times_are_those_of_its_orders_that_were_not_refunded() {
    let check = |orders: &[Order], expected| {
        let service = service(orders.to_vec());
        assert_eq!((service.start(), service.end()), expected);
    };
    let refunded = order(100, 200, Some(120));
    check(&[order(100, 200, None), order(200, 300, None)], (100, 300));
    check(&[refunded.clone(), order(200, 300, None)], (200, 300));
    check(&[refunded, order(200, 300, Some(130))], (100, 130));
}
