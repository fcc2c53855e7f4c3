using System.Text;
using Braid.Pipelines.Secrets;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.Pipelines.Tests.Hostile;

/// <summary>A secret's file comes from anybody: what is none is refused, in words that tell no value.</summary>
public sealed class SecretFuzzTests(ITestOutputHelper output)
{
    private const int rounds = 4000;
    private const string value = "hunter2hunter2";

    private static readonly string file = $$$"""
        {"apiVersion": "v1", "kind": "Secret", "type": "Opaque", "metadata": {"name": "login", "labels": {"a": "b"}},
         "data": {"password": "{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}}}", "tls.key": ""},
         "stringData": {"plain": "{{{value}}}"}}
        """;

    [Fact]
    public void A_damaged_file_is_read_or_refused()
    {
        var mutations = Begin();
        for (var i = 0; i < rounds; i++)
        {
            Read(mutations.Damage(Encoding.UTF8.GetBytes(file)));
        }
    }

    [Fact]
    public void Anything_in_the_place_of_any_field_is_read_or_refused()
    {
        var mutations = Begin();
        for (var i = 0; i < rounds; i++)
        {
            Read(Encoding.UTF8.GetBytes(mutations.Mutate(file)));
        }
    }

    private JsonMutations Begin()
    {
        var seed = Seed.Pick();
        output.WriteLine($"BRAID_SEED={seed}");
        return new(new Random(seed));
    }

    private static void Read(byte[] bytes)
    {
        if (SecretFile.Read(bytes).TryGet(out var secret, out var refused))
        {
            Assert.NotEmpty(secret.Name);
            Assert.All(secret.Values.Keys, key => Assert.Equal(key, Path.GetFileName(key)));
        }
        else
        {
            Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
        }
    }
}
