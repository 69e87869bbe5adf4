using FsCheck;
using FsCheck.Fluent;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tests.Json;

/// <summary>Random JSON texts: valid ones, valid ones that were meddled with, and noise of JSON's characters.</summary>
internal static class JsonDocuments
{
    private const int MostItems = 5;

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Choose(-100_000, 100_000).Select(number => number.ToString()),
        Gen.Elements("0", "-0", "0.0", "1e3", "1E+2", "-2.5e-3", "1.5e-07", "2147483647", "-2147483648", "2147483648", "4e9", "1e28", "-79228162514264337593543950335", "1e29", "1e-400", "1e308", "1e999", "-1e999"),
        Gen.Choose(0, 99).Zip(Gen.Choose(0, 1_000_000_000)).Zip(Gen.Choose(-30, 30)).Select(n => $"{n.Item1.Item1}.{n.Item1.Item2}e{n.Item2}"));

    private static readonly Gen<string> StringPart = Gen.Frequency(
        (6, Gen.Elements("a", "b", "model", "é", "漢", "😀", "'", "/", "//", "/*", "{", "]", ",", ":", "\u007F", "\u2028", "\uFEFF")),
        (3, Gen.Elements("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041", "\\u00E9", "\\uD83D\\uDE00", "\\u0000", "\\uFFFF")));

    private static readonly Gen<string> Text = StringPart.ListOf().Select(parts => "\"" + string.Concat(parts.Take(12)) + "\"");

    // Few names, so that some come twice.
    private static readonly Gen<string> Name = Gen.OneOf(Gen.Elements("\"\"", "\"a\"", "\"\\u0061\"", "\"b\"", "\"c\"", "\"model\"", "\"name\""), Text);

    private static readonly Gen<string> Trivia = Gen.Frequency(
        (8, Gen.Constant("")),
        (4, Gen.Elements(" ", "\n", "\r\n", "\t", "  ")),
        (1, Gen.Elements("/**/", "/* \" { */", "//\n", "// ] \" \r\n", "/***/ ", "//\r")));

    private static readonly Gen<string> Literal = Gen.OneOf(Number, Text, Gen.Elements("true", "false", "null"));

    // What may break a text, and what may mend it.
    private static readonly Gen<string> Snippet = Gen.Elements(
        "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "/", "*", "//", "/*", "*/", "\n", "\r", " ", "\t", "\0", "\u0001", "\v", "\u00A0", "\u2028", "\u2029", "\uFEFF",
        "-", "+", ".", "0", "1", "e", "E", "t", "u", "true", "null", "\\u", "\\x", "\"a\"", "\"a\":", ",,", "é", "\uD800", "\uDC00", "[[", "{}");

    public static Gen<string> Valid { get; } = Gen.Sized(size => Document(Math.Min(size / 12, 5)));

    public static Gen<string> Mutated { get; } = Valid.SelectMany(text => Mutation.ListOf().Select(mutations => mutations.Take(4).Aggregate(text, (now, mutate) => mutate(now))));

    public static Gen<string> Noise { get; } = Snippet.ListOf().Select(parts => string.Concat(parts.Take(20)));

    // Insert, remove, replace, or cut at a place that is stated in parts of ten thousand.
    private static Gen<Func<string, string>> Mutation => Gen.Choose(0, 9_999).Zip(Gen.Choose(0, 4)).Zip(Snippet).Select<((int At, int Kind) Where, string Snippet), Func<string, string>>(mutation => text =>
    {
        int at = (int)((long)text.Length * mutation.Where.At / 10_000);
        return mutation.Where.Kind switch
        {
            _ when text.Length == 0 => mutation.Snippet,
            0 or 1 => text.Insert(at, mutation.Snippet),
            2 => text.Remove(at, 1),
            3 => text.Remove(at, 1).Insert(at, mutation.Snippet),
            _ => mutation.Where.At % 2 == 0 ? text[..at] : text[at..],
        };
    });

    private static Gen<string> Document(int depth) => Padded(Value(depth));

    private static Gen<string> Value(int depth) => depth == 0 ? Literal : Gen.Frequency((2, Literal), (2, Array(depth - 1)), (3, Object(depth - 1)));

    private static Gen<string> Array(int depth) => Sequence("[", Padded(Value(depth)), "]");

    private static Gen<string> Object(int depth) =>
        Sequence("{", Padded(Name).Zip(Padded(Value(depth))).Select(property => $"{property.Item1}:{property.Item2}"), "}");

    private static Gen<string> Sequence(string open, Gen<string> item, string close) =>
        Gen.Choose(0, MostItems).SelectMany(count => item.ListOf(count)).Zip(Gen.Elements("", "", "", ",")).Zip(Trivia)
            .Select(made => open + string.Join(",", made.Item1.Item1) + (made.Item1.Item1.Count > 0 ? made.Item1.Item2 : "") + made.Item2 + close);

    private static Gen<string> Padded(Gen<string> item) => Trivia.Zip(item).Zip(Trivia).Select(parts => parts.Item1.Item1 + parts.Item1.Item2 + parts.Item2);
}
