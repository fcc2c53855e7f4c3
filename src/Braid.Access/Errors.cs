using Braid.Access.Texts;
using Braid.Primitives;

namespace Braid.Access;

/// <summary>Why a caller is not let in, or may not do what was asked.</summary>
public static class Errors
{
    public static Error NoCredentials() =>
        new(
            ErrorKind.Unauthenticated,
            "access.no-credentials",
            "no credentials were sent; this server demands them: run 'braid env' on it for the ones to use"
        );

    public static Error BadCredentials() =>
        new(
            ErrorKind.Unauthenticated,
            "access.bad-credentials",
            "the access key, secret or token is unknown, expired or revoked; check it against 'braid env' on the server"
        );

    internal static Error JobMayNot(string what) =>
        new(ErrorKind.PermissionDenied, "access.job-may-not", $"a job's credentials may not {what}");

    internal static Error OnlyAdministrators(string what, string user) =>
        new(
            ErrorKind.PermissionDenied,
            "access.only-administrators",
            $"user '{user}' may not {what}: only administrators may; ask one to do it, or to make you one"
        );

    internal static Error NoSuchUser(string id) =>
        new(ErrorKind.NotFound, "access.no-such-user", $"there is no user '{DisplayText.Quote(id)}'");

    internal static Error UserExists(string what) =>
        new(ErrorKind.AlreadyExists, "access.user-exists", $"there is a user {DisplayText.Quote(what)} already");

    internal static Error BadUserId(string id, int longest) =>
        new(
            ErrorKind.InvalidArgument,
            "access.bad-user-id",
            $"'{DisplayText.Quote(id)}' cannot name a user: take 1 to {longest} letters, digits and . _ @ + - (an e-mail "
                + "address will do), and none of the names that the server gives"
        );

    internal static Error BadEmail(int longest) =>
        new(
            ErrorKind.InvalidArgument,
            "access.bad-email",
            $"an e-mail address must have an @ and {longest} characters at most"
        );

    internal static Error BadText(string what, int longest) =>
        new(
            ErrorKind.InvalidArgument,
            "access.bad-text",
            $"{what} must have 1 to {longest} characters, all of them visible or blanks"
        );

    internal static Error BadAvatar(int longest) =>
        new(
            ErrorKind.InvalidArgument,
            "access.bad-avatar",
            $"an avatar must be an http or https URL of at most {longest} characters"
        );

    internal static Error BuiltInUser(string id, string what) =>
        new(
            ErrorKind.FailedPrecondition,
            "access.built-in-user",
            $"user '{id}' comes with the server and cannot be {what}"
        );

    internal static Error NoSuchKey(string accessKey) =>
        new(
            ErrorKind.NotFound,
            "access.no-such-key",
            $"you have no access key '{DisplayText.Quote(accessKey)}'; list yours to see which there are"
        );

    internal static Error InstallationKey() =>
        new(
            ErrorKind.FailedPrecondition,
            "access.installation-key",
            "this key pair is the installation's own (admin.json in the server's folder); to change it, change that file and "
                + "start the server again"
        );

    internal static Error TooManyKeys(int most) =>
        new(
            ErrorKind.ResourceExhausted,
            "access.too-many-keys",
            $"you have {most} key pairs, which is as many as a user may have; revoke one that is not in use"
        );

    internal static Error PreferencesTooLarge(int most) =>
        new(
            ErrorKind.ResourceExhausted,
            "access.preferences-too-large",
            $"a user's preferences may have {most} bytes at most"
        );
}
