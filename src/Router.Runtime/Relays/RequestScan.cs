using System.Globalization;
using System.Text.Json;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Looks once through the body of a client's request: whether it is JSON, where its members are, and what routing must know of it. All dialects of
/// chat say these things alike, so that one look serves them all; what it does not know it passes over.
/// </summary>
internal ref struct RequestScan
{
    /// <summary>The most levels of a request: a schema within tools within messages needs few.</summary>
    public const int MaxDepth = 256;

    // A version and a hash, behind which a blank follows.
    private const int StampHead = 20;

    private readonly List<PassedMember> _members;
    private Utf8JsonReader _reader;
    private long _characters;

    private RequestScan(ReadOnlySpan<byte> body)
    {
        _members = new(16);
        _reader = new(body, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <summary>Gets the members, in their order.</summary>
    public readonly List<PassedMember> Members => _members;

    /// <summary>Gets the model that is asked for; empty where none is.</summary>
    public string Model { get; private set; } = "";

    public bool IsStreaming { get; private set; }

    /// <summary>Gets whether a stream is to tell its usage (<c>stream_options.include_usage</c>).</summary>
    public bool WantsUsage { get; private set; }

    /// <summary>Gets the most tokens that are to be written; 0 where no limit is set.</summary>
    public int OutputTokens { get; private set; }

    /// <summary>Gets whether a value is the stamp of a model's own state, which codecs put there (<c>CodecState</c>).</summary>
    public bool HoldsState { get; private set; }

    /// <summary>Gets what a model must be able to do.</summary>
    public ModelCapabilities Needs { get; private set; }

    /// <summary>Gets the tokens of the request's text, as estimated; at least 1.</summary>
    public readonly int InputTokens => (int)Math.Min(_characters / RequestShape.CharactersPerToken + 1, int.MaxValue);

    /// <summary>Looks through a body.</summary>
    /// <returns>What is wrong with it; null where it is an object.</returns>
    public static AttemptFailure? Read(ReadOnlySpan<byte> body, out RequestScan scan)
    {
        scan = new RequestScan(body);
        try
        {
            if (!scan._reader.Read() || scan._reader.TokenType is not JsonTokenType.StartObject) return Invalid("The body must be a JSON object.");
            if (scan.ReadMembers(body) is { } failure) return failure;
            return scan._reader.Read() ? Invalid("The body must be one JSON object, with nothing behind it.") : null;
        }
        catch (JsonException exception)
        {
            // Its own message quotes the body.
            return Invalid(string.Create(CultureInfo.InvariantCulture, $"The body is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."));
        }
    }

    private AttemptFailure? ReadMembers(ReadOnlySpan<byte> body)
    {
        var names = new MemberNames(body, _members);
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            int start = (int)_reader.TokenStartIndex;
            if (names.Add(_reader.ValueSpan, _reader.ValueIsEscaped) is { } problem) return Invalid(problem);
            Member known = KnownOf(ref _reader);
            _reader.Read();
            int value = (int)_reader.TokenStartIndex;
            ReadValue(known);
            _members.Add(new(start, value, (int)_reader.BytesConsumed));
        }

        return null;
    }

    private void ReadValue(Member member)
    {
        switch (member)
        {
            case Member.Model when _reader.TokenType is JsonTokenType.String: Model = _reader.GetString()!; return;
            case Member.Stream: IsStreaming = _reader.TokenType is JsonTokenType.True; return;
            case Member.OutputLimit when _reader.TokenType is JsonTokenType.Number: OutputTokens = _reader.TryGetInt32(out int tokens) ? Math.Max(0, tokens) : 0; return;
            default: Look(member); return;
        }
    }

    /// <summary>Looks through a value of whatever kind, to its end.</summary>
    private void Look(Member member)
    {
        if (_reader.TokenType is JsonTokenType.String) Count(isData: false);
        if (_reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        int depth = _reader.CurrentDepth;
        bool isType = false;
        bool isData = false;
        bool isInput = false;
        int input = int.MaxValue; // the level of a call's arguments, whose members mean what the tool says
        while (_reader.Read() && _reader.CurrentDepth > depth)
        {
            if (_reader.TokenType is JsonTokenType.PropertyName)
            {
                isType = _reader.CurrentDepth <= input && _reader.ValueTextEquals("type"u8);
                isData = _reader.ValueTextEquals("data"u8);
                isInput = _reader.ValueTextEquals("input"u8);
                if (member is Member.StreamOptions && _reader.ValueTextEquals("include_usage"u8)) WantsUsage = _reader.Read() && _reader.TokenType is JsonTokenType.True;
                continue;
            }

            if (_reader.TokenType is JsonTokenType.String)
            {
                if (isType) Needs |= NeedOf(member);
                else Count(isData);
            }

            if (_reader.TokenType is JsonTokenType.StartObject && isInput && input == int.MaxValue) input = _reader.CurrentDepth;
            if (_reader.TokenType is JsonTokenType.EndObject && _reader.CurrentDepth == input) input = int.MaxValue;
            if (member is Member.Tools && _reader.TokenType is JsonTokenType.StartObject && _reader.CurrentDepth == depth + 1) Needs |= ModelCapabilities.Tools;
            isType = isData = isInput = false;
        }
    }

    // What is no text costs tokens of its own, which its length does not tell.
    private void Count(bool isData)
    {
        ReadOnlySpan<byte> value = _reader.ValueSpan;
        if (!isData && !value.StartsWith("data:"u8)) _characters += value.Length;
        if (value.Length > StampHead && value.StartsWith("rg1 "u8) && value[StampHead] == ' ') HoldsState = true;
    }

    private readonly ModelCapabilities NeedOf(Member member)
    {
        if (member is Member.Format) return _reader.ValueTextEquals("json_schema"u8) ? ModelCapabilities.JsonSchema : ModelCapabilities.None;
        if (member is Member.Messages)
        {
            if (_reader.ValueTextEquals("image_url"u8) || _reader.ValueTextEquals("input_image"u8) || _reader.ValueTextEquals("image"u8)) return ModelCapabilities.Vision;
            if (_reader.ValueTextEquals("input_audio"u8)) return ModelCapabilities.Audio;
            if (_reader.ValueTextEquals("file"u8) || _reader.ValueTextEquals("input_file"u8) || _reader.ValueTextEquals("document"u8)) return ModelCapabilities.Documents;
        }

        return ModelCapabilities.None;
    }

    private static Member KnownOf(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        return name switch
        {
            _ when name.SequenceEqual("model"u8) => Member.Model,
            _ when name.SequenceEqual("stream"u8) => Member.Stream,
            _ when name.SequenceEqual("stream_options"u8) => Member.StreamOptions,
            _ when name.SequenceEqual("messages"u8) || name.SequenceEqual("input"u8) => Member.Messages,
            _ when name.SequenceEqual("tools"u8) || name.SequenceEqual("functions"u8) => Member.Tools,
            _ when name.SequenceEqual("response_format"u8) || name.SequenceEqual("text"u8) || name.SequenceEqual("output_config"u8) || name.SequenceEqual("output_format"u8) => Member.Format,
            _ when name.SequenceEqual("max_tokens"u8) || name.SequenceEqual("max_completion_tokens"u8) || name.SequenceEqual("max_output_tokens"u8) => Member.OutputLimit,
            _ => Member.Other,
        };
    }

    private static AttemptFailure Invalid(string message) => new(FailureKind.InvalidRequest, message);

    private enum Member
    {
        Other,
        Model,
        Stream,
        StreamOptions,
        Messages,
        Tools,
        Format,
        OutputLimit,
    }
}
