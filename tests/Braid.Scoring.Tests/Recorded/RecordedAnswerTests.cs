using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Scoring.Tests.Hosting;
using Braid.Testing;

namespace Braid.Scoring.Tests.Recorded;

/// <summary>
/// What MLflow 3.3's scoring server answered, asked here again: the same status, content type and predictions, error and message.
/// </summary>
public sealed partial class RecordedAnswerTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<string> Models { get; } = [.. RecordedAnswer.All.Select(each => each.Model).Distinct()];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Answers_are_MLflows_by_a_Python_without_packages(string model)
    {
        var answers = RecordedAnswer.All.Where(each => each.Model == model && each.Needs is null).ToList();
        if (answers.Count > 0)
        {
            await CompareAsync(model, Pythons.Bare(folder), answers);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Answers_are_MLflows_by_a_Python_with_numpy_and_pandas(string model)
    {
        if (Pythons.HasFrames)
        {
            var answers = RecordedAnswer.All.Where(each => each.Model == model).ToList();
            await CompareAsync(model, Pythons.Debians, answers);
        }
    }

    private static async Task CompareAsync(string model, string python, List<RecordedAnswer> answers)
    {
        await using var served = await ServedModel.StartAsync(model, python);
        var wrong = new StringBuilder();
        foreach (var recorded in answers)
        {
            var (status, answer) = recorded.Ours is { } ours
                ? (ours.Status, ours.Answer)
                : (recorded.Status, recorded.Answer);
            using var response = await served.Http.SendAsync(RequestOf(recorded));
            var text = await response.Content.ReadAsStringAsync();
            var type = response.Content.Headers.ContentType?.ToString();
            if (
                (int)response.StatusCode != status
                || type != recorded.AnswerType
                || Comparable(text) != Comparable(answer)
            )
            {
                wrong.AppendLine(
                    $"{recorded.Body ?? recorded.Path}\n  MLflow: {status} {answer}\n  here:   {(int)response.StatusCode} {type} {text}"
                );
            }
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    private static HttpRequestMessage RequestOf(RecordedAnswer recorded)
    {
        var request = new HttpRequestMessage(new(recorded.Method), recorded.Path);
        if (recorded.Body is { } body)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (recorded.Type is { } type)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }

        return request;
    }

    /// <summary>
    /// Predictions as they are; of an error, what is its own: MLflow repeats the input as pandas shows it, names the fields of a set in any
    /// order, and tells where in its code it was.
    /// </summary>
    private static string Comparable(string answer)
    {
        if (!answer.StartsWith("{\"error_code\"", StringComparison.Ordinal))
        {
            return answer;
        }

        var error = (JsonObject)JsonNode.Parse(answer)!;
        var message = RepeatedInput().Replace((string)error["message"]!, "data");
        return $"{error["error_code"]} {Forms().Replace(message, "{...}")}";
    }

    [GeneratedRegex(
        @"data '.*?'(?=\. \nError| with schema)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex RepeatedInput();

    [GeneratedRegex(
        @"\{'(dataframe_split|inputs|instances|dataframe_records)'.*?\}",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Forms();
}
