// SPDX-License-Identifier: Apache-2.0

//! Disputes for benchmarks, of this pallet and of whoever decides them.

use super::scene::{rich, scene, Scene, NOW};
use crate::{Config, Leases, Pallet};
use frame_benchmarking::v2::account;
use frame_support::traits::{fungible::Mutate, Get};
use sp_core::H256;
use tenure_lease_math::{Noted, Review, MINUTE};
use tenure_primitives::{
	traits::{BenchmarkClock, Evidence},
	Balance, DisputeId, DisputeKind, LeaseId, Moment,
};

/// An arbiter that can receive a fee.
pub(super) fn arbiter<T: Config>() -> T::AccountId {
	rich::<T>(account("arbiter", 0, 0))
}

/// A lease of which half is served and nothing is settled, and what that earned. Both sides can put up as
/// much.
pub(super) fn objectable<T: Config>(arbiter: &T::AccountId) -> (Scene<T>, LeaseId, Balance) {
	let scene = scene::<T>();
	let id = scene.lease(NOW);
	let served = scene.serve_half(id, NOW);
	Leases::<T>::mutate(id, |lease| {
		let lease = lease.as_mut().expect("it was made just now");
		lease.arbiter = Some(arbiter.clone());
		lease.review = Review::with_window(86_400);
	});
	for who in [&scene.owner, &scene.tenant] {
		T::Currency::mint_into(who, served.escrowed + T::RecordDeposit::get())
			.expect("the issuance has room");
	}
	let lease = Leases::<T>::get(id).expect("it is open");
	let proof = T::Evidence::proven(lease.device, &lease.window(id));
	let amount = Pallet::<T>::objectable(&lease, &proof, NOW).unwrap_or_default();
	(scene, id, amount)
}

/// Lets a minute of the lease have been noted at [`NOW`], to be objected to for a minute.
pub(super) fn note_a_minute<T: Config>(id: LeaseId) {
	Leases::<T>::mutate(id, |lease| {
		let lease = lease.as_mut().expect("it is open");
		lease.arbiter = Some(arbiter::<T>());
		let noted = Some(Noted { at: NOW, seconds: MINUTE });
		lease.review = Review { noted, ..Review::with_window(60) };
	});
}

/// A lease of which half is served when its tenant has objected to the rent of that.
pub(super) fn objected<T: Config>(arbiter: &T::AccountId) -> (Scene<T>, DisputeId) {
	let (scene, lease, amount) = objectable::<T>(arbiter);
	Pallet::<T>::do_object(scene.tenant.clone(), lease, amount, H256::repeat_byte(3))
		.expect("so much can be objected to");
	(scene, DisputeId { lease, kind: DisputeKind::Rent })
}

/// The same when its owner contests that.
pub(crate) fn contested<T: Config>(arbiter: &T::AccountId) -> (Scene<T>, DisputeId) {
	let (scene, id) = objected::<T>(arbiter);
	Pallet::<T>::do_contest(scene.owner.clone(), id).expect("its owner can put up as much");
	(scene, id)
}

/// Lets all disputes be over.
pub(super) fn expire<T: Config>() {
	T::BenchmarkClock::set_time(NOW + Moment::from(T::ArbitrationPeriod::get()) + 60);
}
