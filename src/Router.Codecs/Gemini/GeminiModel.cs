using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the quirks of a model that is asked in Gemini's dialect, and says where its requests go.</summary>
[Embedded]
internal static class GeminiModel
{
    private const string Models = "models/";

    // Names of models of other collections state the collection.
    private const string TunedModels = "tunedModels/";

    /// <summary>Returns whether the model has all of the quirks.</summary>
    public static bool Has(this ModelProfile model, GeminiQuirks quirks) => ((GeminiQuirks)model.Quirks & quirks) == quirks;

    /// <summary>Returns the path of a method of the model, such as <c>/models/gemini-3.8-flash:generateContent</c>.</summary>
    /// <param name="model">The model: its name alone, or behind <c>models/</c> or <c>tunedModels/</c>.</param>
    /// <param name="method">The method; it may have a query.</param>
    public static string PathOf(ModelProfile model, string method)
    {
        (string collection, string name) = Split(model.Model);
        return $"/{collection}{Uri.EscapeDataString(name)}:{method}";
    }

    /// <summary>Returns the name of the model with its collection, such as <c>models/gemini-3.8-flash</c>.</summary>
    public static string NameOf(ModelProfile model)
    {
        (string collection, string name) = Split(model.Model);
        return collection + name;
    }

    private static (string Collection, string Name) Split(string model)
    {
        string collection = model.StartsWith(TunedModels, StringComparison.Ordinal) ? TunedModels : Models;
        return (collection, model.StartsWith(collection, StringComparison.Ordinal) ? model[collection.Length..] : model);
    }
}
