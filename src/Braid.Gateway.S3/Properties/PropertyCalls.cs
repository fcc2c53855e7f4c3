using System.Xml;
using Braid.Data.Content;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Objects;
using Braid.Gateway.S3.Requests;

namespace Braid.Gateway.S3.Properties;

/// <summary>
/// Properties that are the same for every bucket and object here, which clients ask for on their way: who may do what is
/// decided by this server's own roles, and there are no tags, policies or configurations.
/// </summary>
internal static class PropertyCalls
{
    private const string instances = "http://www.w3.org/2001/XMLSchema-instance";

    public static async Task<S3Error?> AclAsync(S3Request request, BucketName bucket)
    {
        if (await MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        await Answer.XmlAsync(
            request.Http,
            "AccessControlPolicy",
            xml =>
            {
                xml.Owner();
                xml.Element(
                    "AccessControlList",
                    list =>
                        list.Element(
                            "Grant",
                            grant =>
                            {
                                grant.WriteStartElement("Grantee", Answer.Namespace);
                                grant.WriteAttributeString("xsi", "type", instances, "CanonicalUser");
                                grant.Element("ID", Answer.OwnerId);
                                grant.Element("DisplayName", Answer.OwnerName);
                                grant.WriteEndElement();
                                grant.Element("Permission", "FULL_CONTROL");
                            }
                        )
                );
            }
        );
        return null;
    }

    public static Task<S3Error?> TagsAsync(S3Request request, BucketName bucket) =>
        AnswerAsync(request, bucket, "Tagging", xml => xml.Element("TagSet", _ => { }));

    public static Task<S3Error?> LoggingAsync(S3Request request, BucketName bucket) =>
        AnswerAsync(request, bucket, "BucketLoggingStatus", _ => { });

    public static Task<S3Error?> PayerAsync(S3Request request, BucketName bucket) =>
        AnswerAsync(request, bucket, "RequestPaymentConfiguration", xml => xml.Element("Payer", "BucketOwner"));

    /// <summary>A configuration that no bucket has; each kind has its own word for that.</summary>
    public static async Task<S3Error?> NoneAsync(S3Request request, BucketName bucket, string code, string what) =>
        await MissingAsync(request, bucket) ?? S3Error.NoConfiguration(code, what);

    private static async Task<S3Error?> AnswerAsync(
        S3Request request,
        BucketName bucket,
        string element,
        Action<XmlWriter> write
    )
    {
        if (await MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        await Answer.XmlAsync(request.Http, element, write);
        return null;
    }

    private static async Task<S3Error?> MissingAsync(S3Request request, BucketName bucket)
    {
        if (request.Target.Key.Length == 0)
        {
            return await BucketCalls.MissingAsync(request, bucket);
        }

        if (ReadCalls.Version(request, bucket) is not { } spec)
        {
            return S3Error.NoSuchVersion;
        }

        var at = new FileAt(bucket.Branch.Repo, spec, ObjectPath.OfKey(request.Target.Key));
        var found = await request.Data.Files.InspectAsync(request.Caller, at, request.Aborted);
        return found.Error is { } error ? S3Error.Of(error) : null;
    }
}
