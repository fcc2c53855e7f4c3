namespace Braid.Gateway.S3.Tests.StockClients;

/// <summary>What a day with each of Debian's S3 clients does to the door: whole programs, signed requests, real files.</summary>
public sealed class DayOfWorkTests
{
    private const int mebibyte = 1024 * 1024;

    [Fact]
    public async Task Aws_cli_syncs_lists_copies_reads_versions_and_deletes()
    {
        await using var client = await StockClient.StartAsync();
        var large = await client.MakeFileAsync("data/large.bin", 20 * mebibyte);
        await client.MakeFileAsync("data/in/small one~ü.txt", 3000);

        await client.AwsAsync("s3", "mb", "s3://master.images");
        await client.AwsAsync("s3", "sync", "data", "s3://master.images/set", "--no-progress");
        Assert.Contains(
            "set/in/small one~ü.txt",
            await client.AwsAsync("s3", "ls", "--recursive", "s3://master.images")
        );
        Assert.Equal("", await client.AwsAsync("s3", "sync", "data", "s3://master.images/set", "--no-progress"));
        await client.AwsAsync("s3", "cp", "s3://master.images/set/large.bin", "s3://master.images/copy.bin");
        await client.AwsAsync("s3", "cp", "s3://master.images/copy.bin", "back.bin", "--no-progress");
        Assert.Equal(large, await File.ReadAllBytesAsync(client.PathOf("back.bin")));
        Assert.Equal(
            "\"bytes 5-9/20971520\"",
            await AnswerAsync(
                client,
                "get-object",
                "ContentRange",
                "--key",
                "copy.bin",
                "--range",
                "bytes=5-9",
                "part.bin"
            )
        );
        Assert.Equal(large[5..10], await File.ReadAllBytesAsync(client.PathOf("part.bin")));

        await client.AwsAsync("s3", "rm", "s3://master.images/copy.bin");
        Assert.Equal(
            "[\n    [\n        \"copy.bin\",\n        true\n    ]\n]",
            await AnswerAsync(client, "list-object-versions", "DeleteMarkers[].[Key,IsLatest]")
        );
        await client.AwsAsync("s3", "rb", "--force", "s3://master.images");
        Assert.Equal("", await client.AwsAsync("s3", "ls"));
    }

    [Fact]
    public async Task S3cmd_puts_lists_gets_copies_and_deletes()
    {
        await using var client = await StockClient.StartAsync();
        var bytes = await client.MakeFileAsync("a b.bin", 18 * mebibyte);

        await client.S3cmdAsync("mb", "s3://dev.images");
        await client.S3cmdAsync("put", "a b.bin", "s3://dev.images/x/");
        Assert.Contains("s3://dev.images/x/a b.bin", await client.S3cmdAsync("ls", "s3://dev.images/x/"));
        Assert.Contains("pachyderm: FULL_CONTROL", await client.S3cmdAsync("info", "s3://dev.images/x/a b.bin"));
        await client.S3cmdAsync("cp", "s3://dev.images/x/a b.bin", "s3://dev.images/y");
        await client.S3cmdAsync("get", "s3://dev.images/y", "back.bin");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(client.PathOf("back.bin")));
        await client.S3cmdAsync("del", "--recursive", "--force", "s3://dev.images/");
        Assert.Equal("", await client.S3cmdAsync("ls", "s3://dev.images/"));
        await client.S3cmdAsync("rb", "s3://dev.images");
    }

    [Fact]
    public async Task Rclone_copies_checks_moves_and_purges()
    {
        await using var client = await StockClient.StartAsync();
        await client.MakeFileAsync("tree/big.bin", 12 * mebibyte);
        foreach (var number in Enumerable.Range(0, 20))
        {
            await client.MakeFileAsync($"tree/d{number % 3}/f{number}", 100 + number);
        }

        await client.RcloneAsync("mkdir", "braid:images");
        await client.RcloneAsync(
            "copy",
            "tree",
            "braid:images/t",
            "--s3-upload-cutoff",
            "10M",
            "--s3-chunk-size",
            "5M"
        );
        await client.RcloneAsync("check", "--download", "tree", "braid:images/t");
        Assert.Equal(21, (await client.RcloneAsync("lsf", "-R", "--files-only", "braid:images")).Count(c => c == '\n'));
        await client.RcloneAsync("moveto", "braid:images/t/big.bin", "braid:images/moved.bin");
        await client.RcloneAsync("copy", "braid:images/moved.bin", "back");
        Assert.Equal(
            await File.ReadAllBytesAsync(client.PathOf("tree/big.bin")),
            await File.ReadAllBytesAsync(client.PathOf("back/moved.bin"))
        );
        await client.RcloneAsync("delete", "braid:images");
        Assert.Equal("", await client.RcloneAsync("lsf", "-R", "--files-only", "braid:images"));
    }

    [Fact]
    public async Task Boto3_streams_presigns_pages_and_reads_a_commit_as_a_bucket()
    {
        await using var client = await StockClient.StartAsync();
        var output = await client.PythonAsync(
            """
            import io, urllib.request
            s3.create_bucket(Bucket="master.r")
            s3.upload_fileobj(io.BytesIO(b"x" * 9_000_000), "master.r", "deep/big")
            first = s3.put_object(Bucket="master.r", Key="deep/small", Body=b"one")["VersionId"]
            s3.put_object(Bucket="master.r", Key="deep/small", Body=b"two")
            print(s3.get_object(Bucket=f"{first}.master.r", Key="deep/small")["Body"].read().decode())
            print(s3.get_object(Bucket="master.r", Key="deep/small", VersionId=first)["Body"].read().decode())
            url = s3.generate_presigned_url("get_object", Params=dict(Bucket="master.r", Key="deep/small"))
            print(urllib.request.urlopen(url).read().decode())
            put = s3.generate_presigned_url("put_object", Params=dict(Bucket="master.r", Key="up"))
            urllib.request.urlopen(urllib.request.Request(put, b"sent", {"Content-Type": ""}, method="PUT"))
            pages = s3.get_paginator("list_objects_v2").paginate(Bucket="master.r", PaginationConfig=dict(PageSize=1))
            print([item["Key"] for page in pages for item in page["Contents"]])
            upload = s3.create_multipart_upload(Bucket="master.r", Key="copied")["UploadId"]
            part = s3.upload_part_copy(Bucket="master.r", Key="copied", UploadId=upload, PartNumber=1,
                                       CopySource="master.r/deep/big", CopySourceRange="bytes=0-5242879")
            parts = [dict(PartNumber=1, ETag=part["CopyPartResult"]["ETag"])]
            s3.complete_multipart_upload(Bucket="master.r", Key="copied", UploadId=upload, MultipartUpload=dict(Parts=parts))
            print(s3.head_object(Bucket="master.r", Key="copied")["ContentLength"])
            s3.delete_objects(Bucket="master.r", Delete=dict(Objects=[dict(Key="copied"), dict(Key="up")]))
            try:
                s3.put_object(Bucket=f"{first}.master.r", Key="no", Body=b"")
            except s3.exceptions.ClientError as error:
                print(error.response["Error"]["Code"])
            """
        );

        Assert.Equal(
            ["one", "one", "two", "['deep/big', 'deep/small', 'up']", "5242880", "MethodNotAllowed"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private static async Task<string> AnswerAsync(
        StockClient client,
        string call,
        string query,
        params string[] words
    ) => (await client.AwsAsync(["--query", query, "s3api", call, "--bucket", "master.images", .. words])).Trim();
}
