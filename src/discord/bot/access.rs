//! Who may do what: pure decisions over roles and permissions.

pub(crate) mod grants;

use serenity::all::{Member, Permissions};

use crate::config::Access;
use crate::ids::{GuildId, RoleId};

/// What a person wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// Look at orders and logs.
    View,
    /// Set an order's status.
    Mark,
    /// Change the set-up, and what was read.
    Admin,
}

/// Whether somebody with these roles and these permissions in the channel has the right.
pub(crate) fn allows(
    access: &Access,
    right: Right,
    roles: &[RoleId],
    permissions: Permissions,
) -> bool {
    let listed = match right {
        Right::View => &access.view_roles,
        Right::Mark => &access.mark_roles,
        Right::Admin => &access.admin_roles,
    };
    if !listed.is_empty() {
        return roles.iter().any(|role| listed.contains(role));
    }
    match right {
        // Discord itself has decided by then: the command's own permissions.
        Right::View => true,
        Right::Mark => has(permissions, Permissions::MANAGE_MESSAGES),
        Right::Admin => has(permissions, Permissions::MANAGE_GUILD),
    }
}

/// Whether somebody may look through a part of a message. Discord asks nobody's permission for those:
/// anyone who sees a public card could press it. Without `view_roles` it takes what the commands take
/// in a plain server, or a role that may do more than look, or that Discord was seen to let the
/// person use a command.
pub(crate) fn may_press(
    access: &Access,
    roles: &[RoleId],
    permissions: Permissions,
    granted: bool,
) -> bool {
    if !access.view_roles.is_empty() {
        return allows(access, Right::View, roles, permissions);
    }
    let mut stronger = access.mark_roles.iter().chain(&access.admin_roles);
    may_by_default(permissions) || granted || stronger.any(|role| roles.contains(role))
}

/// Whether Discord lets somebody use the commands who has these permissions, where nobody has set it
/// otherwise.
pub(crate) fn may_by_default(permissions: Permissions) -> bool {
    has(permissions, Permissions::MANAGE_MESSAGES)
}

fn has(permissions: Permissions, wanted: Permissions) -> bool {
    permissions.administrator() || permissions.contains(wanted)
}

/// A member's roles, as ours, and that of everyone, which has the server's id and is in no member's list. A member that
/// Discord was asked for does not say of which server it is.
pub(crate) fn roles(guild: GuildId, member: &Member) -> Vec<RoleId> {
    let own = member.roles.iter().map(|role| i64::try_from(role.get()).unwrap_or(i64::MAX));
    own.chain([guild.0]).map(RoleId).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAFF: RoleId = RoleId(7);

    fn staff_only() -> Access {
        Access { view_roles: vec![STAFF], mark_roles: vec![STAFF], admin_roles: vec![STAFF] }
    }

    #[test]
    fn without_roles_set_marking_takes_manage_messages() {
        let access = Access::default();
        assert!(allows(&access, Right::Mark, &[], Permissions::MANAGE_MESSAGES));
        assert!(!allows(&access, Right::Mark, &[], Permissions::SEND_MESSAGES));
        assert!(allows(&access, Right::View, &[], Permissions::empty()));
        assert!(allows(&access, Right::Admin, &[], Permissions::MANAGE_GUILD));
        assert!(!allows(&access, Right::Admin, &[], Permissions::MANAGE_MESSAGES));
    }

    #[test]
    fn an_administrator_has_what_no_role_decides() {
        let access = Access::default();
        for right in [Right::View, Right::Mark, Right::Admin] {
            assert!(allows(&access, right, &[], Permissions::ADMINISTRATOR), "{right:?}");
        }
    }

    #[test]
    fn a_button_takes_what_a_command_takes() {
        let pressed = |access: &Access, roles: &[RoleId], permissions, granted| {
            may_press(access, roles, permissions, granted)
        };
        let open = Access::default();
        assert!(!pressed(&open, &[STAFF], Permissions::SEND_MESSAGES, false));
        assert!(pressed(&open, &[], Permissions::MANAGE_MESSAGES, false));
        assert!(pressed(&open, &[], Permissions::empty(), true));
        let markers = Access { mark_roles: vec![STAFF], ..Access::default() };
        assert!(pressed(&markers, &[STAFF], Permissions::empty(), false));
        assert!(!pressed(&staff_only(), &[], Permissions::all(), true));
    }

    #[test]
    fn roles_that_are_set_are_the_only_key() {
        let access = staff_only();
        for right in [Right::View, Right::Mark, Right::Admin] {
            assert!(allows(&access, right, &[STAFF], Permissions::empty()), "{right:?}");
            assert!(!allows(&access, right, &[RoleId(8)], Permissions::all()), "{right:?}");
        }
    }
}
