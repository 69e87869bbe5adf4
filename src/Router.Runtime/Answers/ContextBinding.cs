using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace RouterGen;

/// <summary>Reads a type by the user's own <see cref="JsonTypeInfo{T}"/>.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
internal sealed class ContextBinding<T> : AnswerBinding<T>
{
    private static readonly JsonSchemaExporterOptions SchemaOptions = new() { TreatNullObliviousAsNonNullable = true };
    private static readonly ConditionalWeakTable<JsonTypeInfo<T>, ContextBinding<T>> Known = [];

    private readonly JsonTypeInfo<T> _type;

    private ContextBinding(JsonTypeInfo<T> type)
    {
        _type = type;
        JsonNode schema = type.GetJsonSchemaAsNode(SchemaOptions);
        bool isObject = type.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary && schema is JsonObject;
        if (!isObject) throw new ArgumentException($"The answer must be an object in JSON, and {type.Type} is none: make it a member of a type.", nameof(type));
        schema["type"] = "object"; // An answer is never null.
        Format = new AnswerFormat(type.Type.Name, description: null, schema.ToJsonString());
    }

    public override AnswerFormat Format { get; }

    /// <summary>Returns the binding of a type. Its schema is made once.</summary>
    /// <exception cref="ArgumentException">The JSON of the type is not an object.</exception>
    public static ContextBinding<T> Of(JsonTypeInfo<T> type) => Known.GetValue(type, static type => new ContextBinding<T>(type));

    public override AnswerProblem? Read(ReadOnlySpan<byte> json, [MaybeNull] out T value)
    {
        value = default;
        var reader = new Utf8JsonReader(json);
        try
        {
            value = JsonSerializer.Deserialize(ref reader, _type);
            return null;
        }
        catch (JsonException exception) when (AnswerText.LengthOfObject(json) is not null)
        {
            return new AnswerProblem(AnswerError.Mismatch, exception.Path ?? "$", exception.Message);
        }
        catch (Exception exception) when (exception is not (JsonException or InvalidOperationException))
        {
            return new AnswerProblem(AnswerError.Mismatch, "$", $"the type refuses its values: {exception.Message}");
        }
    }

    public override bool TryReadPartial(ReadOnlySpan<byte> json, long openString, [MaybeNullWhen(false)] out T value, out bool isExact)
    {
        isExact = openString < 0;
        try
        {
            value = JsonSerializer.Deserialize(json, _type);
            return value is not null;
        }
        catch (Exception)
        {
            value = default;
            return false; // The type needs more than is there so far.
        }
    }
}
