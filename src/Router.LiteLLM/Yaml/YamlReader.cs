using System.Diagnostics.CodeAnalysis;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Comment = YamlDotNet.Core.Tokens.Comment;

namespace RouterGen.LiteLLM.Yaml;

/// <summary>
/// Reads one YAML document with the place of each value. Anchors are resolved, and keys are merged (<c>&lt;&lt;</c>). What would
/// lose a part of the file without a word is a fault: a second document, a key that is stated twice.
/// </summary>
internal sealed class YamlReader
{
    private const string MergeKey = "<<";

    // Deeper than any configuration is, and far from the end of the stack.
    private const int MaxDepth = 100;

    private readonly Dictionary<string, YamlValue?> _anchors = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly Parser _parser;
    private int _depth;

    private YamlReader(string file, string text)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="YamlFault">It cannot be read.</exception>
    public static YamlValue Read(string file, string text)
    {
        var reader = new YamlReader(file, text);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException exception)
        {
            throw FaultOf(file, text.Split('\n'), exception);
        }
    }

    /// <summary>The places of all comments, which JSON for programs has no place for.</summary>
    public static List<YamlMark> Comments(string file, string text)
    {
        List<YamlMark> found = [];
        var scanner = new Scanner(new StringReader(text), skipComments: false);
        while (scanner.MoveNext())
        {
            if (scanner.Current is Comment comment) found.Add(new(file, (int)comment.Start.Line, (int)comment.Start.Column));
        }

        return found;
    }

    // The parser says where the value began in which a tab indents a line.
    private static YamlFault FaultOf(string file, string[] lines, YamlException exception)
    {
        int start = (int)exception.Start.Line - 1;
        int tabbed = Array.FindIndex(lines, Math.Min(start, lines.Length - 1), line => line.TakeWhile(char.IsWhiteSpace).Contains('\t'));
        if (tabbed >= 0 && (tabbed == start || exception.Message.Contains(" tab", StringComparison.Ordinal))) return new(new(file, tabbed + 1, 1), "a tab indents this line, which YAML does not allow: use spaces");
        return new(new(file, start + 1, (int)exception.Start.Column), "this is no YAML: " + exception.Message.TrimEnd('.') + ".");
    }

    private YamlValue ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (Take(out StreamEnd? end)) throw new YamlFault(MarkOf(end), "the file is empty");
        _parser.Consume<DocumentStart>();
        YamlValue root = ReadValue();
        _parser.Consume<DocumentEnd>();
        return Take(out DocumentStart? second)
            ? throw new YamlFault(MarkOf(second), "a second document begins here: LiteLLM reads one; put each into a file of its own")
            : root;
    }

    private YamlValue ReadValue()
    {
        if (++_depth > MaxDepth) throw new YamlFault(MarkOf(_parser.Current!), $"values are nested more than {MaxDepth} deep");
        YamlValue value = ReadNode();
        _depth--;
        return value;
    }

    private YamlValue ReadNode()
    {
        if (Take(out AnchorAlias? alias))
        {
            return _anchors.GetValueOrDefault(alias.Value.Value)
                ?? throw new YamlFault(MarkOf(alias), $"'*{alias.Value}' stands {(_anchors.ContainsKey(alias.Value.Value) ? "inside the value that it names" : "for an anchor that is not there: no '&" + alias.Value + "' is above it")}");
        }

        if (Take(out Scalar? scalar))
        {
            bool isText = !scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str";
            return Named(scalar, new YamlScalar(MarkOf(scalar), scalar.Value, scalar.Style is ScalarStyle.Plain && !isText));
        }

        if (Take(out SequenceStart? list))
        {
            var sequence = new YamlSequence(MarkOf(list));
            Announce(list);
            while (!Take(out SequenceEnd? _)) sequence.Items.Add(ReadValue());
            return Named(list, sequence);
        }

        MappingStart start = _parser.Consume<MappingStart>();
        var mapping = new YamlMapping(MarkOf(start));
        Announce(start);
        ReadEntries(mapping);
        return Named(start, mapping);
    }

    private void ReadEntries(YamlMapping mapping)
    {
        List<YamlMapping> merged = [];
        while (!Take(out MappingEnd? _))
        {
            YamlMark mark = MarkOf(_parser.Current!);
            if (ReadValue() is not YamlScalar key) throw new YamlFault(mark, "a key must be a text");
            YamlValue value = ReadValue();
            if (key is { Text: MergeKey, IsPlain: true }) merged.AddRange(Merged(value));
            else if (mapping.Find(key.Text) is { } first) throw new YamlFault(mark, $"'{key.Text}' is stated twice, first in line {first.Mark.Line}: remove one of them");
            else mapping.Entries.Add(new(key.Text, mark, value));
        }

        // What a mapping states itself goes before what is merged into it, and the first of several before those after it.
        foreach (YamlEntry entry in merged.SelectMany(source => source.Entries))
        {
            if (mapping.Find(entry.Key) is null) mapping.Entries.Add(entry);
        }
    }

    private static IEnumerable<YamlMapping> Merged(YamlValue value) => value switch
    {
        YamlMapping one => [one],
        YamlSequence several when several.Items.TrueForAll(item => item is YamlMapping) => several.Items.Cast<YamlMapping>(),
        _ => throw new YamlFault(value.Mark, "'<<' merges mappings only"),
    };

    // An anchor whose value is still being read.
    private void Announce(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty) _anchors[node.Anchor.Value] = null;
    }

    private YamlValue Named(NodeEvent node, YamlValue value)
    {
        if (!node.Anchor.IsEmpty) _anchors[node.Anchor.Value] = value;
        return value;
    }

    private bool Take<T>([NotNullWhen(true)] out T? next)
        where T : ParsingEvent
    {
        next = _parser.Current as T;
        if (next is not null) _parser.MoveNext();
        return next is not null;
    }

    private YamlMark MarkOf(ParsingEvent parsed) => new(_file, (int)parsed.Start.Line, (int)parsed.Start.Column);
}
