using System.Xml;
using System.Xml.Linq;
using Braid.Data.Naming;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Requests;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Gateway.S3.Buckets;

/// <summary>Calls on buckets: each is a branch of a user's repo.</summary>
internal static class BucketCalls
{
    public static async Task<S3Error?> ListAllAsync(S3Request request)
    {
        var listed = await request.Data.Repos.ListAsync(request.Caller, RepoName.UserType, [], request.Aborted);
        if (!listed.TryGet(out var repos, out var error))
        {
            return S3Error.Of(error);
        }

        var buckets =
            from repo in repos
            from branch in repo.Branches
            let name = BucketName.Format(new(repo.Name, branch))
            orderby name
            select (Name: name, repo.CreatedAt);
        return await WriteListAsync(request, buckets);
    }

    /// <summary>The answer to a request for all buckets.</summary>
    public static async Task<S3Error?> WriteListAsync(
        S3Request request,
        IEnumerable<(string Name, DateTimeOffset CreatedAt)> buckets
    )
    {
        await Answer.XmlAsync(
            request.Http,
            "ListAllMyBucketsResult",
            xml =>
            {
                xml.Owner();
                xml.Element("Buckets", list => WriteBuckets(list, buckets));
            }
        );
        return null;
    }

    public static async Task<S3Error?> HeadAsync(S3Request request, BucketName bucket)
    {
        if (await MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        request.Http.Response.Headers["x-amz-bucket-region"] = "us-east-1";
        return null;
    }

    public static async Task<S3Error?> LocationAsync(S3Request request, BucketName bucket)
    {
        if (await MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        await Answer.XmlAsync(request.Http, "LocationConstraint", xml => xml.WriteString("PACHYDERM"));
        return null;
    }

    public static async Task<S3Error?> VersioningAsync(S3Request request, BucketName bucket)
    {
        if (await MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        await Answer.XmlAsync(request.Http, "VersioningConfiguration", xml => xml.Element("Status", "Enabled"));
        return null;
    }

    /// <summary>History is always kept, so only "Enabled" is accepted.</summary>
    public static async Task<S3Error?> SetVersioningAsync(S3Request request, BucketName bucket)
    {
        if (await MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        var asked = await RequestXml.ReadAsync(request);
        var status = asked?.Elements().FirstOrDefault(element => element.Name.LocalName == "Status")?.Value;
        return status == "Enabled" ? null
            : status is null ? S3Error.MalformedXml
            : S3Error.NotImplemented("Suspending versioning");
    }

    /// <summary>Makes the branch, and the repo where it is missing.</summary>
    public static async Task<S3Error?> CreateAsync(S3Request request, BucketName bucket)
    {
        var (data, caller, ct) = (request.Data, request.Caller, request.Aborted);
        var made = await data.Transactions.RunAsync(
            caller.Name,
            async tx =>
            {
                if (caller.MayWriteData($"branch {bucket.Branch}") is { } refused)
                {
                    return refused;
                }

                if (await data.Branches.FindAsync(tx.Db, bucket.Branch) is not null)
                {
                    return S3Refusals.BucketExists();
                }

                var repo = await data.Repos.CreateAsync(tx, bucket.Branch.Repo, "", update: false);
                return repo.Error is { Kind: not ErrorKind.AlreadyExists } error
                    ? error
                    : await data.Branches.CreateAsync(tx, bucket.Branch, new());
            },
            ct
        );
        if (made.Error is { } failed)
        {
            return S3Error.Of(failed);
        }

        request.Http.Response.Headers.Location = $"/{request.Target.Bucket}";
        return null;
    }

    /// <summary>Removes an empty branch, and the repo with its last branch.</summary>
    public static async Task<S3Error?> DeleteAsync(S3Request request, BucketName bucket)
    {
        var (data, caller, ct) = (request.Data, request.Caller, request.Aborted);
        if (await MissingAsync(request, bucket) is { } missing)
        {
            return missing;
        }

        var root = await data.Files.InspectAsync(caller, new(bucket.Branch.Repo, bucket.Spec, "/"), ct);
        if (root.IsOk && root.Value.Entry.Files > 0)
        {
            return S3Error.BucketNotEmpty;
        }

        var branches = await data.Branches.ListAsync(caller, bucket.Branch.Repo, ct);
        Error? error =
            branches.IsOk && branches.Value.Count == 1
                ? (await data.Repos.DeleteAsync(caller, bucket.Branch.Repo, force: false, ct)).Error
                : (await data.Branches.DeleteAsync(caller, bucket.Branch, force: false, ct)).Error;
        if (error is not null)
        {
            return S3Error.Of(error);
        }

        Answer.Empty(request.Http, 204);
        return null;
    }

    /// <summary>Null when the bucket is there.</summary>
    public static async Task<S3Error?> MissingAsync(S3Request request, BucketName bucket)
    {
        var branch = await request.Data.Branches.InspectAsync(request.Caller, bucket.Branch, request.Aborted);
        return branch.Error is { } error ? S3Error.Of(error) : null;
    }

    private static void WriteBuckets(XmlWriter xml, IEnumerable<(string Name, DateTimeOffset CreatedAt)> buckets)
    {
        foreach (var (name, created) in buckets)
        {
            xml.Element(
                "Bucket",
                bucket =>
                {
                    bucket.Element("Name", name);
                    bucket.Element("CreationDate", Answer.Time(created));
                }
            );
        }
    }
}
