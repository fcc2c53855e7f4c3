using System.Text;
using Braid.Scoring.Checks;
using Braid.Scoring.Frames;
using Braid.Scoring.Models;
using Braid.Scoring.Python;
using Braid.Scoring.Tensors;
using Braid.Scoring.Workers;

namespace Braid.Scoring.Requests;

/// <summary>
/// What a request asks of a model: 1 decode the body; 2 find which of the forms it has; 3 read the form with the signature's types;
/// 4 compare with the signature; 5 compare the parameters.
/// </summary>
internal sealed class RequestReader(ModelFolder model)
{
    /// <summary>As much of a body that is no JSON is shown as fits a screen.</summary>
    private const int longestEcho = 2000;

    private const string records = "dataframe_records";
    private const string split = "dataframe_split";
    private const string instances = "instances";
    private const string inputs = "inputs";
    private const string parametersKey = "params";

    private const string forms =
        "The input must be a JSON dictionary with exactly one of the input fields "
        + "{'dataframe_records', 'dataframe_split', 'instances', 'inputs'}";

    private static readonly string[] chats = ["messages", "prompt", "input"];
    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="Refusal">It asks for nothing that the model can answer.</exception>
    public Prediction Read(BodyKind kind, ReadOnlySpan<byte> body)
    {
        var text = Decoded(body);
        if (kind == BodyKind.Csv)
        {
            return Enforced(() => FrameCheck.Enforce(CsvReader.Read(text, model.Inputs), model.Inputs), null);
        }

        var map = Map(text, body);
        return Array.Exists(chats, map.ContainsKey) ? Chat(map) : Wrapped(map);
    }

    private static string Decoded(ReadOnlySpan<byte> body)
    {
        try
        {
            // Python's json passes over a byte order mark, too.
            return strict.GetString(body.StartsWith("\ufeff"u8) ? body[3..] : body);
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.Invalid("The body is not UTF-8.");
        }
    }

    private static PyDict Map(string text, ReadOnlySpan<byte> body)
    {
        object? value;
        try
        {
            value = PythonJson.Parse(text);
        }
        catch (PythonError error)
        {
            var shown = PythonText.Bytes(body[..Math.Min(body.Length, longestEcho)]);
            throw Refusal.Invalid(
                $"Ensure that input is a valid JSON formatted string. Error: '{error.Repr}'\nInput: \n{shown}\n"
            );
        }

        return value switch
        {
            PyDict map => map,
            PyList => throw Refusal.Invalid($"{forms}. Received a list."),
            _ => throw Refusal.Invalid(
                $"{forms}. Received unexpected input type '<class '{PythonText.TypeOf(value)}'>."
            ),
        };
    }

    private Prediction Wrapped(PyDict map)
    {
        var given = map.Keys.Where(key => key is records or split or instances or inputs).ToList();
        var parameters = map.GetValueOrDefault(parametersKey);
        if (model.ChecksItself)
        {
            return Hinted(map, given, parameters);
        }

        if (given is not [var form])
        {
            throw Refusal.BadRequest(
                $"{forms}. Received dictionary with input fields: {PythonText.Repr(new PyList(given))}. {ContentType.ProtocolAdvice}"
            );
        }

        var value = map[form];
        var schema = model.Inputs;
        return form switch
        {
            records => OfFrame(FrameReader.Records(value), parameters),
            split => OfFrame(FrameReader.Split(value), parameters),
            instances => OfArrays(ArrayReader.Instances(value, schema), parameters),
            _ => OfArrays(ArrayReader.Inputs(value, schema), parameters),
        };
    }

    private Prediction OfFrame(Frame frame, object? parameters)
    {
        var typed = model.Inputs is null ? frame : ColumnCast.ToSchema(frame, model.Inputs);
        return Enforced(() => FrameCheck.Enforce(typed, model.Inputs), parameters);
    }

    private Prediction OfArrays(ConvertedInput input, object? parameters) =>
        Enforced(() => ArrayCheck.Enforce(input, model.Inputs), parameters);

    private Prediction Hinted(PyDict map, List<string> given, object? parameters) =>
        map.TryGetValue(inputs, out var value)
            ? new(new PlainInput(value), Parameters(parameters), IsBare: false)
            : throw Refusal.InvalidValue(
                "Request payload must be a dictionary with 'inputs' key when the model contains a valid type hint. "
                    + $"Found keys in payload: dict_keys({PythonText.Repr(new PyList(given))})."
            );

    /// <summary>Chats, completions and embeddings: all that is no parameter of the model is its input.</summary>
    private Prediction Chat(PyDict map)
    {
        var (data, parameters) = (new PyDict(), new PyDict());
        foreach (var (name, value) in map)
        {
            var isParameter = model.Parameters?.Any(field => field.Name == name) == true;
            (isParameter ? parameters : data)[name] = value;
        }

        return model.Inputs is null || model.ChecksItself
            ? new(new PlainInput(data), Parameters(parameters), IsBare: true)
            : Enforced(() => FrameCheck.Enforce(Frame.OfRows([data]), model.Inputs), parameters) with
            {
                IsBare = true,
            };
    }

    private Prediction Enforced(Func<ModelInput> check, object? parameters)
    {
        try
        {
            return new(check(), Parameters(parameters), IsBare: false);
        }
        catch (SchemaMismatch error)
        {
            throw NotPredicted(
                $"Failed to enforce schema of data with schema '{model.Inputs?.Shown}'. Error: {error.Message}"
            );
        }
    }

    private PyDict? Parameters(object? given)
    {
        try
        {
            return ParameterCheck.Enforce(given, model.Parameters);
        }
        catch (SchemaMismatch error)
        {
            throw NotPredicted(error.Message);
        }
    }

    private static Refusal NotPredicted(string cause) =>
        Refusal.InvalidValue($"Failed to predict data. \nError: {cause}");
}
