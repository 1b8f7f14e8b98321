// SPDX-License-Identifier: Apache-2.0

//! Which reports are taken. The pool and the block ask the same questions, the cheap ones first and
//! the signature last.

use crate::{Config, Liveness, Livenesses, Pallet, Refusal, ReportsInBlock};
use frame_support::{
	ensure,
	pallet_prelude::{InvalidTransaction, TransactionValidityError, ValidTransaction, Weight},
	traits::Get,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{UniqueSaturatedInto, Zero},
	transaction_validity::{TransactionPriority, TransactionValidityWithRefund},
};
use tenure_primitives::{
	traits::{Devices, Offers},
	DeviceId, DeviceInfo, DeviceStatus, NamedBlock, PublicKey, ReportBody, ReportSignature,
	SignedReport,
};

/// Most blocks that a report stays in the pool.
pub(crate) const LONGEVITY: u32 = 64;

/// What being leased adds to the priority of a heartbeat: more than any number of a block, so that no
/// idle device's report and no receipt goes before it.
pub(crate) const LEASED_PRIORITY: TransactionPriority = 1 << 40;

/// Whose a report is: each kind has a quota of a block of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportKind {
	/// A leased device's.
	Leased,
	/// An idle device's.
	Idle,
	/// A tenant's receipt.
	Receipt,
}

/// How many reports a block has.
pub(crate) struct ReportCount {
	/// Of all kinds.
	pub total: u32,
	/// Of idle devices.
	pub idle: u32,
	/// Receipts.
	pub receipts: u32,
}

impl<T: Config> Pallet<T> {
	/// Whether the activation is taken, and how the pool treats it.
	pub(crate) fn admit_activation(
		device: DeviceId,
		named_block: &NamedBlock,
		signature: &ReportSignature,
	) -> TransactionValidityWithRefund {
		let age = Self::named_block_age(named_block)?;
		let info = Self::known_device(device)?;
		let key = T::Devices::pending_key(device).map_err(|_| Self::why_no_key(device, &info))?;
		ensure!(key.is_kind_of(signature), Refusal::WrongKindOfSignature);
		Self::ensure_due(device, named_block)?;
		Self::ensure_room(ReportKind::Idle)?;
		Self::ensure_on_chain(named_block)?;
		let body = ReportBody::Activation { owner: info.owner, named_block: *named_block };
		Self::ensure_signed(device, body, &key, signature)?;
		Self::pooled("TenureActivation", device, named_block, age, true)
	}

	/// Whether the heartbeat is taken, and how the pool treats it.
	pub(crate) fn admit_heartbeat(
		device: DeviceId,
		named_block: &NamedBlock,
		signature: &ReportSignature,
	) -> TransactionValidityWithRefund {
		let age = Self::named_block_age(named_block)?;
		let info = Self::known_device(device)?;
		let key = info.key.ok_or(Refusal::NoKey)?;
		ensure!(key.active, Refusal::KeyNotActive);
		ensure!(key.public.is_kind_of(signature), Refusal::WrongKindOfSignature);
		let liveness = Self::ensure_due(device, named_block)?;
		// In a full block nobody need know whether the device is idle.
		Self::ensure_room(ReportKind::Leased)?;
		ensure!(T::Offers::is_offered(device), Refusal::NotOffered);
		let idle = Self::windows_at_stake(device, liveness.as_ref(), Self::now()).is_empty();
		Self::ensure_room(if idle { ReportKind::Idle } else { ReportKind::Leased })?;
		Self::ensure_on_chain(named_block)?;
		let body = ReportBody::Heartbeat { named_block: *named_block };
		Self::ensure_signed(device, body, &key.public, signature)?;
		Self::pooled("TenureHeartbeat", device, named_block, age, idle)
	}

	fn known_device(device: DeviceId) -> Result<DeviceInfo<T::AccountId>, Refusal> {
		T::Devices::device(device).map_err(|_| {
			if T::Devices::is_retired(device) {
				Refusal::DeviceRetired
			} else {
				Refusal::UnknownDevice
			}
		})
	}

	/// Why the device has no key to activate. The registry's errors are not known by name here.
	fn why_no_key(device: DeviceId, info: &DeviceInfo<T::AccountId>) -> Refusal {
		let Some(key) = info.key else { return Refusal::NoKey };
		if info.status != DeviceStatus::Listed {
			return Refusal::DeviceMissing;
		}
		match T::Devices::key_rotation(device) {
			Some(rotation) if rotation.from > Self::now() => Refusal::KeyRotationNotDue,
			None if key.active => Refusal::KeyAlreadyActive,
			_ => Refusal::KeyActiveElsewhere,
		}
	}

	/// How many blocks ago the named block is, from the one that is being made.
	fn named_block_age(named_block: &NamedBlock) -> Result<u32, Refusal> {
		let current: u32 = frame_system::Pallet::<T>::block_number().unique_saturated_into();
		let age = current
			.checked_sub(named_block.number)
			.filter(|age| *age > 0)
			.ok_or(Refusal::NamedBlockUnknown)?;
		ensure!(age <= T::MaxNamedBlockAge::get(), Refusal::NamedBlockTooOld);
		Ok(age)
	}

	/// Refuses a replay and a report that comes too soon. Returns what is known of the device.
	fn ensure_due(
		device: DeviceId,
		named_block: &NamedBlock,
	) -> Result<Option<Liveness>, TransactionValidityError> {
		let known = Livenesses::<T>::get(device);
		if let Some(liveness) = &known {
			ensure!(named_block.number > liveness.named_block, InvalidTransaction::Stale);
			let pause = Self::now().saturating_sub(liveness.pulse.last_seen);
			ensure!(pause >= T::MinReportInterval::get().into(), Refusal::TooSoon);
		}
		Ok(known)
	}

	/// Refuses a report for which the block has no room.
	pub(crate) fn ensure_room(kind: ReportKind) -> Result<(), InvalidTransaction> {
		let so_far = Self::reports_so_far();
		let has_quota = match kind {
			ReportKind::Leased => true,
			ReportKind::Idle => so_far.idle < T::MaxIdleReportsPerBlock::get(),
			ReportKind::Receipt => so_far.receipts < T::MaxReceiptsPerBlock::get(),
		};
		let has_room = so_far.total < T::MaxReportsPerBlock::get() && has_quota;
		ensure!(has_room, InvalidTransaction::ExhaustsResources);
		Ok(())
	}

	/// How many reports the block that is being made has.
	pub(crate) fn reports_so_far() -> ReportCount {
		let (block, total, idle, receipts) = ReportsInBlock::<T>::get();
		if block == frame_system::Pallet::<T>::block_number() {
			ReportCount { total, idle, receipts }
		} else {
			ReportCount { total: 0, idle: 0, receipts: 0 }
		}
	}

	fn ensure_on_chain(named_block: &NamedBlock) -> Result<(), Refusal> {
		let number = BlockNumberFor::<T>::from(named_block.number);
		let known = frame_system::Pallet::<T>::block_hash(number);
		// A hash that is no longer, or not yet, known reads as zero.
		ensure!(!known.is_zero() && known == named_block.block_hash, Refusal::NamedBlockUnknown);
		Ok(())
	}

	fn ensure_signed(
		device: DeviceId,
		body: ReportBody<T::AccountId>,
		key: &PublicKey,
		signature: &ReportSignature,
	) -> Result<(), InvalidTransaction> {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		let payload = SignedReport::new(genesis, device, body).signing_payload();
		ensure!(key.verify(&payload, signature), InvalidTransaction::BadProof);
		Ok(())
	}

	/// One report of a kind per device waits in the pool: one that names a later block takes the place of
	/// the one before. Those of leased devices come before all others.
	fn pooled(
		kind: &'static str,
		device: DeviceId,
		named_block: &NamedBlock,
		age: u32,
		idle: bool,
	) -> TransactionValidityWithRefund {
		let rank = if idle { 0 } else { LEASED_PRIORITY };
		let left = T::MaxNamedBlockAge::get().saturating_sub(age).saturating_add(1);
		let validity = ValidTransaction::with_tag_prefix(kind)
			.priority(rank.saturating_add(named_block.number.into()))
			.and_provides(device)
			.longevity(left.min(LONGEVITY).into())
			.propagate(true);
		Ok((validity.into(), Weight::zero()))
	}
}
