using Braid.Cli.CommandLine;
using Braid.Cli.Development;
using Braid.Cli.Tests.Verbs;
using Braid.Protos.Pps;

namespace Braid.Cli.Tests.Development;

public sealed class DatumChoiceTests
{
    private static readonly DatumInfo[] datums = [Of("/a"), Of("/b/"), Of("/3")];

    [Theory]
    [InlineData(null, 0)]
    [InlineData("2", 1)]
    [InlineData("/b", 1)]
    [InlineData("a", 0)]
    public void A_datum_is_named_by_its_number_or_by_a_file(string? wanted, int at) =>
        Assert.Equal(at, DatumChoice.Find(datums, wanted));

    [Theory]
    [InlineData("0")]
    [InlineData("4")]
    [InlineData("/c")]
    public void One_that_there_is_not_is_refused(string wanted) =>
        Assert.StartsWith(
            $"none of the 3 datums is {wanted}: ",
            Assert.Throws<Failure>(() => DatumChoice.Find(datums, wanted)).Message
        );

    [Fact]
    public void No_datum_at_all_is_said_to_be_the_inputs_fault() =>
        Assert.StartsWith(
            "the spec's input matches no file",
            Assert.Throws<Failure>(() => DatumChoice.Find([], null)).Message
        );

    private static DatumInfo Of(string path) => new() { Data = { Samples.File(path, Protos.Pfs.FileType.File, 1) } };
}
