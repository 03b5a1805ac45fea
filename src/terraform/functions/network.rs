//! Ranges of addresses in CIDR notation.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::read::{self, Answer, Stop};
use super::signature::Call;
use crate::terraform::value::Value;

/// A range: its first address, and how many of its bits are fixed.
#[derive(Debug, Clone, Copy)]
struct Network {
    /// Without the bits of the host.
    address: u128,
    prefix: u32,
    /// 32 or 128.
    width: u32,
}

/// So many bits set from the right.
fn ones(count: u32) -> u128 {
    if count >= 128 { u128::MAX } else { (1 << count) - 1 }
}

impl Network {
    fn parse(text: &str) -> Result<Self, Stop> {
        let (address, prefix) = text.split_once('/').ok_or(Stop::Fails)?;
        let is_number = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_digit());
        let prefix: u32 = prefix.parse().ok().filter(|_| is_number).ok_or(Stop::Fails)?;
        let (address, width) = if address.contains(':') {
            let address: Ipv6Addr = address.parse().map_err(|_| Stop::Fails)?;
            // Terraform mixes up such addresses with those of 32 bits.
            if address.to_ipv4_mapped().is_some() {
                return Err(Stop::Unknown);
            }
            (u128::from(address), 128)
        } else {
            (u128::from(ipv4(address).ok_or(Stop::Fails)?), 32)
        };
        if prefix > width {
            return Err(Stop::Fails);
        }
        Ok(Self { address: address & !ones(width - prefix), prefix, width })
    }

    fn of(value: &Value) -> Result<Self, Stop> {
        Self::parse(&read::text(value)?)
    }

    fn last(&self) -> u128 {
        self.address | ones(self.width - self.prefix)
    }

    fn show(&self, address: u128) -> String {
        if self.width == 32 {
            Ipv4Addr::from(address as u32).to_string()
        } else {
            Ipv6Addr::from(address).to_string()
        }
    }

    fn notation(&self) -> String {
        format!("{}/{}", self.show(self.address), self.prefix)
    }
}

/// Leading zeros are allowed, and decimal.
fn ipv4(text: &str) -> Option<u32> {
    let mut address = 0;
    let mut count = 0;
    for part in text.split('.') {
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        address = address << 8 | u32::from(part.parse::<u8>().ok()?);
        count += 1;
    }
    (count == 4).then_some(address)
}

pub(super) fn cidrhost(call: &Call<'_>) -> Answer {
    let host = read::integer(&call.arguments[1])?;
    let network = Network::of(&call.arguments[0])?;
    let most = ones(network.width - network.prefix);
    let distance = u128::from(host.unsigned_abs());
    // A negative number counts from the end.
    let offset = if host < 0 {
        let back = distance - 1;
        if back > most { None } else { Some(most - back) }
    } else {
        Some(distance).filter(|distance| *distance <= most)
    };
    Ok(Value::string(network.show(network.address | offset.ok_or(Stop::Fails)?)))
}

pub(super) fn cidrnetmask(call: &Call<'_>) -> Answer {
    let network = Network::of(&call.arguments[0])?;
    if network.width != 32 {
        return Err(Stop::Fails);
    }
    Ok(Value::string(network.show(ones(32) & !ones(32 - network.prefix))))
}

pub(super) fn cidrsubnet(call: &Call<'_>) -> Answer {
    let bits = read::integer(&call.arguments[1])?;
    let number = read::integer(&call.arguments[2])?;
    let network = Network::of(&call.arguments[0])?;
    // Terraform computes something of negative numbers that nobody means.
    let (Ok(bits), Ok(number)) = (u32::try_from(bits.min(1_000)), u128::try_from(number)) else {
        return Err(Stop::Unknown);
    };
    let prefix = network.prefix + bits;
    if prefix > network.width || number > ones(bits) {
        return Err(Stop::Fails);
    }
    let shift = network.width - prefix;
    let offset = if shift >= 128 { 0 } else { number << shift };
    Ok(Value::string(Network { address: network.address | offset, prefix, ..network }.notation()))
}

/// Ranges one after the other, each at the next place that its size allows.
pub(super) fn cidrsubnets(call: &Call<'_>) -> Answer {
    let (first, sizes) = call.arguments.split_first().ok_or(Stop::Fails)?;
    let network = Network::of(first)?;
    let mut next = Some(network.address);
    let mut ranges = Vec::new();
    for size in sizes {
        let bits = read::integer(size)?;
        let bits = u32::try_from(bits).ok().filter(|bits| (1..=32).contains(bits)).ok_or(Stop::Fails)?;
        let prefix = network.prefix + bits;
        if prefix > network.width {
            return Err(Stop::Fails);
        }
        let host = ones(network.width - prefix);
        let start = next.ok_or(Stop::Fails)?;
        // The first place that is one of a range of that size.
        let start = start.checked_add(host).ok_or(Stop::Fails)? & !host;
        let range = Network { address: start, prefix, ..network };
        if range.last() > network.last() {
            return Err(Stop::Fails);
        }
        next = range.last().checked_add(1);
        ranges.push(range.notation());
    }
    Ok(read::list_of_texts(ranges))
}
