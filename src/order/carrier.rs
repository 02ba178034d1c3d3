//! Which carrier a tracking number belongs to, by its form and its check digit. Pure.

mod check_digit;
mod rules;

use rules::RULES;

/// A carrier of parcels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// UPS.
    Ups,
    /// The United States Postal Service.
    Usps,
    /// `FedEx`.
    FedEx,
    /// DHL, whose parcels in Germany have a site of their own.
    Dhl,
    /// DHL's parcels in Germany.
    DhlGermany,
    /// Amazon's own deliveries.
    Amazon,
    /// `OnTrac`.
    OnTrac,
    /// `LaserShip`, which is `OnTrac`'s by now.
    LaserShip,
    /// Canada Post.
    CanadaPost,
    /// Purolator.
    Purolator,
    /// Royal Mail.
    RoyalMail,
    /// Yodel.
    Yodel,
    /// Canpar.
    Canpar,
    /// Landmark Global.
    Landmark,
    /// Spee-Dee.
    SpeeDee,
    /// GOFO Express.
    Gofo,
    /// `YunExpress`.
    YunExpress,
}

impl Carrier {
    /// The carrier of a parcel, told by form and check digit; `None` where no rule fits, or those of several do.
    pub fn of(number: &str) -> Option<Self> {
        let mut fitting = RULES.iter().filter(|rule| rule.fits(number)).map(|rule| rule.carrier);
        let first = fitting.next()?;
        fitting.all(|carrier| carrier == first).then_some(first)
    }

    /// Whether a number looks like a parcel's, whatever its check digit says.
    pub fn has_form(number: &str) -> bool {
        RULES.iter().any(|rule| rule.has_form(number))
    }

    /// Whether a number looks like a parcel's and like nothing else: digits alone may be an order's number, too.
    pub fn is_distinct(number: &str) -> bool {
        RULES.iter().any(|rule| rule.is_distinct && rule.has_form(number))
    }

    /// Its name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ups => "UPS",
            Self::Usps => "USPS",
            Self::FedEx => "FedEx",
            Self::Dhl | Self::DhlGermany => "DHL",
            Self::Amazon => "Amazon",
            Self::OnTrac => "OnTrac",
            Self::LaserShip => "LaserShip",
            Self::CanadaPost => "Canada Post",
            Self::Purolator => "Purolator",
            Self::RoyalMail => "Royal Mail",
            Self::Yodel => "Yodel",
            Self::Canpar => "Canpar",
            Self::Landmark => "Landmark Global",
            Self::SpeeDee => "Spee-Dee",
            Self::Gofo => "GOFO",
            Self::YunExpress => "YunExpress",
        }
    }

    /// Where the parcel can be followed.
    pub fn link(self, number: &str) -> String {
        let url = match self {
            Self::Ups => "https://www.ups.com/track?tracknum=",
            Self::Usps => "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
            Self::FedEx => "https://www.fedex.com/fedextrack/?trknbr=",
            Self::Dhl => "https://www.dhl.com/en/express/tracking.html?AWB=",
            Self::DhlGermany => {
                "https://www.dhl.de/en/privatkunden/pakete-empfangen/verfolgen.html?piececode="
            }
            Self::Amazon => "https://track.amazon.com/tracking/",
            Self::OnTrac | Self::LaserShip => "https://www.ontrac.com/tracking/?number=",
            Self::CanadaPost => {
                "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor="
            }
            Self::Purolator => "https://www.purolator.com/en/shipping/tracker?searchValue=",
            Self::RoyalMail => "https://www.royalmail.com/track-your-item#/tracking-results/",
            Self::Yodel => "https://www.yodel.co.uk/tracking/",
            Self::Canpar => "https://www.canpar.com/en/track/tracking.jsp?reference=",
            Self::Landmark => "https://track.landmarkglobal.com/?search=",
            Self::SpeeDee => "https://www.speedeedelivery.com/track/?tracking=",
            Self::Gofo => "https://www.gofoexpress.com/tracking.html?searchID=",
            Self::YunExpress => "https://www.yuntrack.com/parcelTracking?id=",
        };
        format!("{url}{number}")
    }
}

#[cfg(test)]
mod tests;
