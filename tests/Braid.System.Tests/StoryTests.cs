namespace Braid.System.Tests;

/// <summary>The story of examples/digits. The demo asks the server over the wire for everything that it tells, and fails where it is not so.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task The_demo_is_as_told()
    {
        var demo = await BraidProgram.RunAsync(new Dictionary<string, string>(), "demo");
        Assert.True(demo.Code == 0, demo.Error + demo.Out);
        Assert.Contains("Everything is as told", demo.Out);
    }
}
