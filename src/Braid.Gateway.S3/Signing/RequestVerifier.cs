using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Requests;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.S3.Signing;

/// <summary>
/// Finds out who sent a request: 1 nobody, where that is allowed; 2 else read the signature and its time; 3 find the secret
/// of its access key; 4 compare; 5 unwrap the body with the same key.
/// </summary>
internal sealed class RequestVerifier(Authenticator authenticator, TimeProvider clock)
{
    private static readonly TimeSpan mostSkew = TimeSpan.FromMinutes(15);

    public async Task<Verdict> VerifyAsync(HttpRequest request, S3Target target, CancellationToken ct)
    {
        var origin = CallerOrigin.Of("s3", request.HttpContext.Connection.RemoteIpAddress);

        // 1
        if (!SignatureReader.HasCredentials(request, target))
        {
            return authenticator.FromNothing(origin).TryGet(out var anonymous, out var refused)
                ? Payload.Open(request, anonymous, null, [])
                : S3Error.Of(refused);
        }

        // 2
        if (SignatureV2.Read(request, target) is { } older)
        {
            return await VerifyAsync(older, request, target, origin, ct);
        }

        var (signature, problem) = SignatureReader.Read(request, target);
        if (signature is null)
        {
            return S3Error.MalformedAuthorization(problem);
        }

        if (CheckTime(signature) is { } untimely)
        {
            return untimely;
        }

        // 3
        if (await OwnerAsync(signature.AccessKey, origin, ct) is not { } owner)
        {
            return S3Error.InvalidAccessKeyId;
        }

        // 4
        var key = signature.SigningKey(owner.Secret);
        var canonical = CanonicalRequest.Of(request, target, signature, Payload.ClaimedHash(request, signature));
        return SignatureV4.Equal(signature.Sign(key, canonical), signature.Signature)
            // 5
            ? Payload.Open(request, owner.Caller, signature, key)
            : Mismatch(owner.Caller);
    }

    private async Task<Verdict> VerifyAsync(
        SignatureV2 signature,
        HttpRequest request,
        S3Target target,
        CallerOrigin origin,
        CancellationToken ct
    )
    {
        if (CheckTime(signature, request) is { } untimely)
        {
            return untimely;
        }

        if (await OwnerAsync(signature.AccessKey, origin, ct) is not { } owner)
        {
            return S3Error.InvalidAccessKeyId;
        }

        return SignatureV4.Equal(signature.Sign(owner.Secret, request, target), signature.Signature)
            ? Payload.Open(request, owner.Caller, null, [])
            : Mismatch(owner.Caller);
    }

    private S3Error? CheckTime(SignatureV2 signature, HttpRequest request)
    {
        var now = clock.GetUtcNow();
        if (signature.ExpiryText is not null)
        {
            return signature.Expiry is not { } end ? S3Error.MalformedAuthorization("Expires must be a time in seconds")
                : now > end ? S3Error.Expired
                : null;
        }

        return SignatureV2.TimeOf(request) is not { } time ? S3Error.MalformedAuthorization("a signed date is needed")
            : (now - time).Duration() > mostSkew ? S3Error.TimeTooSkewed
            : null;
    }

    private S3Error? CheckTime(SignatureV4 signature)
    {
        if (signature.Time is not { } time || !signature.SignedHeaders.Contains("host", StringComparer.Ordinal))
        {
            return S3Error.MalformedAuthorization("a signed date and host are needed");
        }

        var age = clock.GetUtcNow() - time;
        if (signature.Lifetime is { } lifetime)
        {
            return age > lifetime || age < -mostSkew ? S3Error.Expired : null;
        }

        return age.Duration() > mostSkew ? S3Error.TimeTooSkewed : null;
    }

    private S3Error Mismatch(Caller claimed)
    {
        authenticator.SignIns.Refuse(claimed);
        return S3Error.SignatureDoesNotMatch;
    }

    /// <summary>
    /// The secret to check with. An open server takes any access key that is its own secret, so that clients which cannot
    /// go without credentials can be given dummies.
    /// </summary>
    private async Task<(string Secret, Caller Caller)?> OwnerAsync(
        string accessKey,
        CallerOrigin origin,
        CancellationToken ct
    )
    {
        if ((await authenticator.FindKeyAsync(accessKey, origin, ct)).TryGet(out var found, out _))
        {
            return (found.Keys.SecretKey, found.Owner);
        }

        return authenticator.FromNothing(origin).TryGet(out var anonymous, out _) ? (accessKey, anonymous) : null;
    }
}
