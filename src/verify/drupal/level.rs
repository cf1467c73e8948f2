//! The behaviour levels: releases of the module whose code was read, and the documented product.

use crate::verify::DrupalPolicy;

/// A behaviour level of "REST & JSON API Authentication".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// 8.x-1.13: no switch, answers with status 200.
    V1_13,
    /// 2.0.16.
    V2_0_16,
    /// 2.0.18.
    V2_0_18,
    /// 2.1.0: applications and the `API-KEY` header.
    V2_1_0,
    /// The product as its guide describes it: 2.1.0 without the faults, with keys of each user.
    Guide,
}

impl Level {
    /// The level that the site is set to. An unknown name is judged as the guide.
    pub(super) fn of(policy: &DrupalPolicy) -> Self {
        match policy.module.as_str() {
            "8.x-1.13" => Self::V1_13,
            "2.0.16" => Self::V2_0_16,
            "2.0.18" => Self::V2_0_18,
            "2.1.0" => Self::V2_1_0,
            _ => Self::Guide,
        }
    }

    /// The level's name in documents and explanations.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V1_13 => "8.x-1.13",
            Self::V2_0_16 => "2.0.16",
            Self::V2_0_18 => "2.0.18",
            Self::V2_1_0 => "2.1.0",
            Self::Guide => "guide",
        }
    }

    /// Whether requests choose an application.
    pub(super) fn has_applications(self) -> bool {
        self >= Self::V2_1_0
    }
}
