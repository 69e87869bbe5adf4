using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs.Tests;

/// <summary>What is written without the serializer, as in Native AOT programs, must be what the serializer writes.</summary>
public class CodecScalarTests
{
    private static readonly Dictionary<string, object> Values = new()
    {
        ["string"] = "a\"ü\n", ["true"] = true, ["int"] = -1, ["long"] = long.MinValue, ["uint"] = uint.MaxValue, ["ulong"] = ulong.MaxValue,
        ["short"] = short.MinValue, ["ushort"] = ushort.MaxValue, ["byte"] = (byte)7, ["sbyte"] = (sbyte)-7,
        ["double"] = 0.1, ["double, large"] = 1e300, ["float"] = 0.1f, ["decimal"] = 1.50m, ["Half"] = (Half)0.1, ["Half, large"] = Half.MaxValue, ["Int128"] = Int128.MinValue, ["UInt128"] = UInt128.MaxValue,
        ["DateTime"] = new DateTime(2026, 11, 28, 1, 2, 3, 4, DateTimeKind.Utc), ["DateTime, local"] = new DateTime(2026, 11, 28, 1, 2, 3, DateTimeKind.Unspecified),
        ["DateTimeOffset"] = new DateTimeOffset(2026, 11, 28, 1, 2, 3, TimeSpan.FromHours(2)),
        ["DateOnly"] = new DateOnly(2026, 11, 28), ["TimeOnly"] = new TimeOnly(1, 2, 3), ["TimeOnly, exact"] = new TimeOnly(1, 2, 3, 4, 5), ["TimeSpan"] = new TimeSpan(1, 2, 3, 4, 5), ["TimeSpan, short"] = TimeSpan.FromSeconds(-1),
        ["char"] = 'ü', ["Guid"] = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), ["Uri"] = new Uri("https://example.com/ä?b=c"), ["Uri, relative"] = new Uri("a/b", UriKind.Relative), ["Version"] = new Version(1, 2, 3),
        ["enum"] = DayOfWeek.Friday, ["flags"] = AttributeTargets.Class | AttributeTargets.Method, ["enum, unnamed"] = (DayOfWeek)77,
        ["byte[]"] = new byte[] { 1, 2, 3 }, ["ReadOnlyMemory<byte>"] = new ReadOnlyMemory<byte>([1, 2]), ["Memory<byte>"] = new Memory<byte>([1, 2]),
    };

    private static readonly Dictionary<string, object> Collections = new()
    {
        ["int[]"] = new[] { 1, 2 }, ["List<uint>"] = new List<uint> { 1 }, ["Guid[]"] = new[] { Guid.Empty }, ["DateTime[]"] = new[] { DateTime.UnixEpoch }, ["string[]"] = new[] { "a", null! },
        ["int?[]"] = new int?[] { 1, null }, ["int[][]"] = new[] { new[] { 1 }, [] }, ["HashSet"] = new HashSet<double> { 1.5 }, ["sequence"] = Enumerable.Range(1, 3), ["queue"] = new Queue<int>([1, 2]),
        ["ImmutableArray"] = ImmutableArray.Create(1, 2), ["Dictionary<string,int>"] = new Dictionary<string, int> { ["a"] = 1 }, ["Dictionary<int,string>"] = new Dictionary<int, string?> { [1] = "x", [2] = null },
        ["Dictionary<Guid,int[]>"] = new Dictionary<Guid, int[]> { [Guid.Empty] = [1] }, ["Dictionary<DayOfWeek,DateOnly>"] = new Dictionary<DayOfWeek, DateOnly> { [DayOfWeek.Friday] = new(2026, 11, 28) },
        ["SortedDictionary"] = new SortedDictionary<string, decimal> { ["b"] = 2m, ["a"] = 1m }, ["Dictionary<string,object>"] = new Dictionary<string, object?> { ["a"] = new[] { 1 }, ["b"] = Guid.Empty },
        ["object[]"] = new object?[] { 1, "a", null, new DateOnly(2026, 1, 1), new[] { 1u } }, ["ArrayList"] = new System.Collections.ArrayList { 1, "a" },
    };

    public static TheoryData<string> ValueNames() => new(Values.Keys);

    public static TheoryData<string> CollectionNames() => new(Collections.Keys);

    [Theory]
    [MemberData(nameof(ValueNames))]
    public void A_scalar_is_written_as_the_serializer_writes_it(string name) => Same(Values[name], CodecScalars.TryWrite);

    [Theory]
    [MemberData(nameof(CollectionNames))]
    public void A_collection_is_written_as_the_serializer_writes_it(string name) => Same(Collections[name], CodecJson.TryWriteCollection);

    [Fact]
    public void Each_scalar_of_the_frameworks_context_is_covered()
    {
        Type context = typeof(AIJsonUtilities).GetNestedType("JsonContext", BindingFlags.NonPublic)!;
        foreach (CustomAttributeData declared in context.GetCustomAttributesData().Where(static data => data.AttributeType.Name is "JsonSerializableAttribute"))
        {
            var type = (Type)declared.ConstructorArguments[0].Value!;
            if (type.Namespace is not "System") continue;
            Assert.Contains(Values.Values, value => value.GetType() == type);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_in_JSON_is_not_written(double value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        Assert.False(CodecScalars.TryWrite(json, value));
        Assert.False(CodecScalars.TryWrite(json, (float)value));
        Assert.False(CodecScalars.TryWrite(json, (Half)value));
        Assert.False(CodecScalars.TryWrite(json, new object()));
        Assert.False(CodecScalars.TryWrite(json, new IntPtr(1)));
        Assert.False(CodecJson.TryWriteCollection(json, new object()));
    }

    [Fact]
    public void Results_that_are_scalars_are_plain_text()
    {
        Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", Text(Values["Guid"]));
        Assert.Equal("2026-11-28T01:02:03+02:00", Text(Values["DateTimeOffset"]));
        Assert.Equal("4294967295", Text(uint.MaxValue));
        Assert.Equal("NaN", Text(double.NaN));
        Assert.Equal("Friday", Text(DayOfWeek.Friday));
        Assert.Equal("true", Text(true));
        Assert.Equal("AQID", Text(new byte[] { 1, 2, 3 })!.Trim('"'));
        Assert.Equal("[1,2]", Text(new[] { 1, 2 }));
        Assert.Equal("", Text(null));
        Assert.Null(Text(new IntPtr(1)));
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Comma();
        try
        {
            Assert.Equal("1.5", Text(1.5));
            Assert.Equal("1.5", Text((Half)1.5));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo Comma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        return culture;
    }

    private static string? Text(object? result) => CodecResults.Text(new FunctionResultContent("c", result));

    private static void Same(object value, Func<Utf8JsonWriter, object, bool> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = false })) Assert.True(write(json, value));
        string expected = JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions).GetRawText();
        JsonElement actual = JsonDocument.Parse(buffer.WrittenMemory).RootElement;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, actual), $"{Encoding.UTF8.GetString(buffer.WrittenSpan)} instead of {expected}");
    }
}
