// SPDX-License-Identifier: Apache-2.0

//! Configuration of the pallets, one file for each theme.

mod accounts;
pub mod assets;
pub mod consensus;
pub mod governance;
pub mod leasing;
pub mod money;
pub mod proxy_types;
mod system;

pub use assets::{PublicCalls, SeriesId};
pub use consensus::{Exposure, GenesisValidators};
pub use governance::TreasuryAccount;
pub use proxy_types::ProxyType;
pub use system::{BlockHashCount, RuntimeBlockLength, RuntimeBlockWeights, SS58Prefix, Version};
