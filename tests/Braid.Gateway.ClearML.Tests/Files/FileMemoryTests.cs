using System.Net;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Files;

/// <summary>What memory a file takes is measured while no other test runs, and without what earlier ones left to be collected.</summary>
[CollectionDefinition(nameof(FileMemoryTests), DisableParallelization = true)]
[Collection(nameof(FileMemoryTests))]
public sealed class FileMemoryTests
{
    [Fact]
    public async Task A_file_of_any_size_takes_little_memory()
    {
        const long size = 512 << 20;
        await using var host = await ClearMLHost.StartAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (peak, reads) = (0L, 0);
        using var content = new StreamContent(new EndlessStream(size, Measure));
        content.Headers.ContentLength = size;
        using var form = new MultipartFormDataContent();
        form.Add(content, "huge.bin", "huge.bin");

        using var stored = await host.Files.PostAsync("/", form);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/huge.bin");
        using var found = await host.Files.SendAsync(head);

        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Equal(size, found.Content.Headers.ContentLength);
        Assert.InRange(peak, 1, before + (size / 8));

        void Measure()
        {
            if (++reads % 1000 == 0)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            }
        }
    }
}
