using System.Net;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Files;

/// <summary>What memory a file takes is measured while no other test runs.</summary>
[CollectionDefinition(nameof(FileMemoryTests), DisableParallelization = true)]
[Collection(nameof(FileMemoryTests))]
public sealed class FileMemoryTests
{
    [Fact]
    public async Task A_file_of_any_size_takes_little_memory()
    {
        const long size = 512 << 20;
        await using var host = await ClearMLHost.StartAsync();
        var peak = 0L;
        using var content = new StreamContent(
            new EndlessStream(size, () => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)))
        );
        content.Headers.ContentLength = size;
        using var form = new MultipartFormDataContent();
        form.Add(content, "huge.bin", "huge.bin");

        using var stored = await host.Files.PostAsync("/", form);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/huge.bin");
        using var found = await host.Files.SendAsync(head);

        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Equal(size, found.Content.Headers.ContentLength);
        Assert.InRange(peak, 1, size / 2);
    }
}
