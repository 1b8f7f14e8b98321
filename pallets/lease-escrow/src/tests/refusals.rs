// SPDX-License-Identifier: Apache-2.0

//! Each reason why a lease is not made. A quote gives the same one.

use super::*;
use sp_core::H256;
use tenure_primitives::{
	Admission, Custody, DeviceId, DeviceStatus, EvidencePolicy, SeriesId, Units,
};

struct Rent {
	tenant: AccountId,
	series: SeriesId,
	device: DeviceId,
	start: Option<Moment>,
	units: Units,
	text: H256,
}

impl Default for Rent {
	fn default() -> Self {
		Self { tenant: TENANT, series: SERIES, device: DEVICE, start: None, units: 10, text: TEXT }
	}
}

impl Rent {
	fn fails_with(self, error: impl Into<sp_runtime::DispatchError>) {
		let error = error.into();
		let quote =
			LeaseEscrow::quote(self.tenant, self.series, self.device, self.start, self.units, None);
		if self.text == TEXT {
			assert_eq!(quote, Err(error));
		}
		assert_noop!(
			LeaseEscrow::rent(
				signed(self.tenant),
				self.series,
				self.device,
				self.start,
				self.units,
				Balance::MAX,
				self.text,
				key_of(self.tenant),
				None
			),
			error
		);
	}
}

#[test]
fn parties_must_fit() {
	ExtBuilder::default().build_and_execute(|| {
		Rent { series: 9, ..Default::default() }
			.fails_with(neighbours::Error::<Runtime>::UnknownSeries);
		Rent { device: 9, ..Default::default() }
			.fails_with(neighbours::Error::<Runtime>::UnknownDevice);
		neighbours::Devices::<Runtime>::insert(2, device_info());
		Rent { device: 2, ..Default::default() }.fails_with(Error::<Runtime>::WrongDevice);
		Rent { tenant: OWNER, ..Default::default() }.fails_with(Error::<Runtime>::OwnDevice);
		neighbours::Bans::<Runtime>::insert(TENANT, ());
		Rent::default().fails_with(neighbours::Error::<Runtime>::Banned);
	});
}

#[test]
fn member_is_leased_through_its_own_fleet_only() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let member = MEMBERS[0];
		// A device in no fleet, one in another fleet, and the fleet's number taken for a device.
		let of_fleet = |device| Rent { series: FLEET_SERIES, device, ..Default::default() };
		of_fleet(DEVICE).fails_with(Error::<Runtime>::NotInFleet);
		neighbours::Devices::<Runtime>::mutate(member, |device| {
			device.as_mut().unwrap().fleet = Some(FLEET + 1);
		});
		of_fleet(member).fails_with(Error::<Runtime>::NotInFleet);
		of_fleet(9).fails_with(neighbours::Error::<Runtime>::UnknownDevice);
		Rent { device: member, ..Default::default() }.fails_with(Error::<Runtime>::WrongDevice);
		// The device's own units, while it is in a fleet.
		assert_ok!(Neighbours::join_fleet(FLEET, DEVICE));
		Rent::default().fails_with(Error::<Runtime>::DeviceInFleet);
	});
}

#[test]
fn expired_series_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		Neighbours::close_series(SERIES, START + 600);
		set_time(START + 600);
		heartbeat(DEVICE);
		Rent::default().fails_with(Error::<Runtime>::SeriesExpired);
	});
}

#[test]
fn device_must_be_listed_and_have_an_active_key() {
	ExtBuilder::default()
		.device(|device| device.status = DeviceStatus::Missing)
		.build_and_execute(|| Rent::default().fails_with(Error::<Runtime>::DeviceNotListed));
	ExtBuilder::default()
		.device(|device| device.key = None)
		.build_and_execute(|| Rent::default().fails_with(Error::<Runtime>::DeviceKeyNotActive));
	ExtBuilder::default()
		.device(|device| device.key.as_mut().unwrap().active = false)
		.build_and_execute(|| Rent::default().fails_with(Error::<Runtime>::DeviceKeyNotActive));
}

#[test]
fn terms_must_be_served() {
	let refused = |change: fn(&mut tenure_primitives::LeaseTerms<AccountId>)| {
		ExtBuilder::default()
			.terms(change)
			.build_and_execute(|| Rent::default().fails_with(Error::<Runtime>::TermsNotServed));
	};
	refused(|terms| {
		terms.custody = Custody::Physical {
			handover_window: 0,
			inspection: 0,
			return_grace: 0,
			overdue_percent: 0,
			forfeit_after: 0,
		}
	});
	refused(|terms| terms.evidence = EvidencePolicy::Clock);
	refused(|terms| terms.damage_deposit = 1);
	refused(|terms| terms.admission = Admission::Credential(1));
	refused(|terms| terms.required_endorsement = Some(1));
	refused(|terms| terms.geofence = Some(1));
}

#[test]
fn owner_lists_whom_it_admits() {
	let listed = |who: &[AccountId]| who.to_vec().try_into().unwrap();
	let other = || Rent { tenant: OTHER, ..Default::default() };
	ExtBuilder::default()
		.terms(|terms| terms.admission = Admission::Only(listed(&[KEEPER, TENANT])))
		.build_and_execute(|| {
			other().fails_with(Error::<Runtime>::TenantNotAdmitted);
			rent(10);
		});
	ExtBuilder::default()
		.terms(|terms| terms.admission = Admission::Except(listed(&[KEEPER, OTHER])))
		.build_and_execute(|| {
			other().fails_with(Error::<Runtime>::TenantNotAdmitted);
			// Units that it got from somebody else don't help.
			assert_ok!(Neighbours::buy(SERIES, OTHER, 10));
			assert_noop!(
				LeaseEscrow::book(
					signed(OTHER),
					SERIES,
					DEVICE,
					None,
					10,
					TEXT,
					key_of(OTHER),
					None
				),
				Error::<Runtime>::TenantNotAdmitted
			);
			rent(10);
		});
}

#[test]
fn dead_device_is_not_booked_ahead_either() {
	ExtBuilder::default().build_and_execute(|| {
		let day = crate::SEEN_BEFORE_BOOKING;
		let ahead = |now: Moment| Rent { start: Some(now + 5 * 3_600), ..Default::default() };
		set_time(START + day);
		assert!(
			LeaseEscrow::quote(TENANT, SERIES, DEVICE, ahead(START + day).start, 10, None).is_ok()
		);
		set_time(START + day + 60);
		ahead(START + day + 60).fails_with(Error::<Runtime>::DeviceNotSeenLately);
	});
}

#[test]
fn device_must_be_alive_for_a_start_soon() {
	ExtBuilder::default().build_and_execute(|| {
		let gap = Moment::from(GAP);
		set_time(START + gap);
		assert!(LeaseEscrow::quote(TENANT, SERIES, DEVICE, None, 10, None).is_ok());
		set_time(START + gap + 60);
		Rent::default().fails_with(Error::<Runtime>::DeviceNotSeenLately);
		let soon = Some(START + gap + 60 + gap);
		Rent { start: soon, ..Default::default() }
			.fails_with(Error::<Runtime>::DeviceNotSeenLately);
		rent_at(TENANT, Some(START + gap + 60 + gap + 60), 10);
		neighbours::Pulses::<Runtime>::remove(DEVICE);
		Rent::default().fails_with(Error::<Runtime>::DeviceNotSeenLately);
	});
}

#[test]
fn time_must_fit() {
	ExtBuilder::default()
		.terms(|terms| {
			terms.min_duration = 300;
			terms.max_duration = 600;
			terms.advance_limit = 3_600;
		})
		.build_and_execute(|| {
			Rent { units: 0, ..Default::default() }.fails_with(Error::<Runtime>::ZeroUnits);
			Rent { units: 4, ..Default::default() }.fails_with(Error::<Runtime>::TooShort);
			Rent { units: 11, ..Default::default() }.fails_with(Error::<Runtime>::TooLong);
			let at = |start| Rent { start: Some(start), ..Default::default() };
			at(START - 60).fails_with(Error::<Runtime>::StartInPast);
			at(0).fails_with(Error::<Runtime>::StartInPast);
			at(START + 61).fails_with(Error::<Runtime>::NotWholeMinute);
			at(START + 3_660).fails_with(Error::<Runtime>::TooFarAhead);
			at(Moment::MAX - 15).fails_with(Error::<Runtime>::TooFarAhead);
			rent_at(TENANT, Some(START + 3_600), 10);
		});
}

#[test]
fn chain_limits_the_advance_too() {
	ExtBuilder::default()
		.terms(|terms| terms.advance_limit = u32::MAX)
		.sale(|sale| sale.usable_until = START + 2_000 * DAY)
		.build_and_execute(|| {
			Rent { start: Some(START + 367 * DAY), ..Default::default() }
				.fails_with(Error::<Runtime>::TooFarAhead);
			rent_at(TENANT, Some(START + 366 * DAY), 1);
		});
}

#[test]
fn lease_lies_inside_the_usable_window() {
	ExtBuilder::default()
		.sale(|sale| {
			sale.usable_from = START + 600;
			sale.usable_until = START + 1_800;
		})
		.build_and_execute(|| {
			let outside = Error::<Runtime>::OutsideUsableWindow;
			Rent { start: Some(START + 540), ..Default::default() }.fails_with(outside);
			let outside = Error::<Runtime>::OutsideUsableWindow;
			Rent { start: Some(START + 1_260), ..Default::default() }.fails_with(outside);
			rent_at(TENANT, Some(START + 600), 10);
			rent_at(TENANT, Some(START + 1_200), 10);
			set_time(START + 1_800);
			Rent::default().fails_with(Error::<Runtime>::SeriesExpired);
		});
}

#[test]
fn text_must_be_the_right_one() {
	ExtBuilder::default().build_and_execute(|| {
		Rent { text: H256::zero(), ..Default::default() }
			.fails_with(Error::<Runtime>::WrongLegalDocument);
	});
}

#[test]
fn amounts_must_be_computable() {
	ExtBuilder::default().build_and_execute(|| {
		Rent { units: Units::MAX, ..Default::default() }
			.fails_with(Error::<Runtime>::AmountOverflow);
	});
	ExtBuilder::default().sale(|sale| sale.unit_price = Balance::MAX / 2).build_and_execute(|| {
		Rent { units: 3, ..Default::default() }.fails_with(Error::<Runtime>::AmountOverflow);
	});
}

#[test]
fn money_must_be_there() {
	ExtBuilder::default().balance(TENANT, 9_999).build_and_execute(|| {
		Rent::default().fails_with(Error::<Runtime>::BalanceTooLow);
	});
	ExtBuilder::default().bond(4_999).build_and_execute(|| {
		Rent::default().fails_with(Error::<Runtime>::OwnerBondTooSmall);
	});
}

#[test]
fn sale_must_be_open() {
	ExtBuilder::default().sale(|sale| sale.cap = 9).build_and_execute(|| {
		Rent::default().fails_with(neighbours::Error::<Runtime>::SoldOut);
	});
	ExtBuilder::default().build_and_execute(|| {
		neighbours::Series::<Runtime>::mutate(SERIES, |series| {
			series.as_mut().unwrap().closed = true;
		});
		Rent::default().fails_with(neighbours::Error::<Runtime>::SeriesClosed);
	});
}

#[test]
fn device_that_is_taken_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		rent(10);
		Rent { tenant: OTHER, ..Default::default() }.fails_with(Error::<Runtime>::SlotTaken);
	});
}
