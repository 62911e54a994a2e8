namespace PostPurchase.Samples;

/// <summary>The families of the catalogue: what lasts, what is used up and at which pace, and what fits what.</summary>
internal static class ProductFamilies
{
    public static IReadOnlyList<ProductFamily> All { get; } =
    [
        Lasting("electric-toothbrush", "Oral care", 79),
        Used("toothbrush-heads", "Oral care", 19, days: 88, regularity: 30, popularity: 3, fits: "electric-toothbrush"),
        Used("toothpaste", "Oral care", 3.5, days: 44, regularity: 12, popularity: 2),
        Used("mouthwash", "Oral care", 4.9, days: 38, regularity: 8),
        Used("dental-floss", "Oral care", 2.9, days: 62, regularity: 6),
        Lasting("safety-razor", "Shaving", 34),
        Used("razor-blades", "Shaving", 16, days: 54, regularity: 20, popularity: 2.5, fits: "safety-razor"),
        Used("shaving-gel", "Shaving", 4.5, days: 48, regularity: 9),
        Lasting("espresso-machine", "Coffee and tea", 329),
        Used("coffee-beans", "Coffee and tea", 14, days: 23, regularity: 12, popularity: 3),
        Used("descaler", "Coffee and tea", 9, days: 118, regularity: 14, fits: "espresso-machine"),
        Lasting("capsule-machine", "Coffee and tea", 99),
        Used("coffee-capsules", "Coffee and tea", 22, days: 28, regularity: 14, popularity: 2, fits: "capsule-machine"),
        Used("coffee-filters", "Coffee and tea", 2.5, days: 55, regularity: 7),
        Used("black-tea", "Coffee and tea", 6, days: 34, regularity: 7),
        Used("herbal-tea", "Coffee and tea", 5, days: 41, regularity: 4),
        Lasting("chef-knife", "Kitchen", 89, popularity: 2),
        Lasting("knife-sharpener", "Kitchen", 39, fits: "chef-knife"),
        Lasting("chopping-board", "Kitchen", 29, fits: "chef-knife"),
        Lasting("filter-jug", "Kitchen", 27),
        Used("water-filters", "Kitchen", 18, days: 31, regularity: 35, popularity: 2, fits: "filter-jug"),
        Lasting("soda-maker", "Kitchen", 75),
        Used("soda-cylinder", "Kitchen", 14, days: 58, regularity: 12, fits: "soda-maker"),
        Used("dog-food", "Pets", 32, days: 29, regularity: 22, popularity: 2),
        Used("dog-treats", "Pets", 5, days: 19, regularity: 3),
        Used("cat-food", "Pets", 24, days: 25, regularity: 18, popularity: 2),
        Used("cat-litter", "Pets", 11, days: 21, regularity: 14, popularity: 1.5),
        InSeason("flea-drops", "Pets", 21, days: 30, regularity: 20, from: 4, months: 7),
        Used("laundry-detergent", "Household", 12, days: 43, regularity: 12, popularity: 3),
        Used("dishwasher-tablets", "Household", 10, days: 36, regularity: 14, popularity: 2.5),
        Used("toilet-paper", "Household", 8, days: 24, regularity: 9, popularity: 2.5),
        Used("kitchen-roll", "Household", 5, days: 27, regularity: 6),
        Used("bin-bags", "Household", 4, days: 52, regularity: 6),
        Used("all-purpose-cleaner", "Household", 3.9, days: 57, regularity: 5),
        Lasting("vacuum-cleaner", "Household", 189),
        Used("vacuum-bags", "Household", 13, days: 76, regularity: 10, fits: "vacuum-cleaner"),
        Lasting("air-purifier", "Household", 219),
        Used("purifier-filter", "Household", 45, days: 175, regularity: 40, fits: "air-purifier"),
        Used("batteries", "Household", 9, days: 130, regularity: 2),
        Lasting("printer", "Office", 149),
        Used("printer-ink", "Office", 29, days: 92, regularity: 5, popularity: 1.5, fits: "printer"),
        Used("printer-paper", "Office", 6, days: 110, regularity: 4),
        Used("vitamins", "Health", 17, days: 30, regularity: 30, popularity: 2),
        Used("contact-lenses", "Health", 27, days: 30, regularity: 35, popularity: 2),
        Used("lens-solution", "Health", 9, days: 46, regularity: 14),
        Used("protein-powder", "Health", 34, days: 33, regularity: 8, popularity: 1.5),
        Used("nappies", "Baby", 26, days: 15, regularity: 12),
        Used("baby-wipes", "Baby", 7, days: 17, regularity: 8),
        Used("shampoo", "Beauty", 7, days: 49, regularity: 9, popularity: 2),
        Used("face-cream", "Beauty", 24, days: 63, regularity: 11, popularity: 1.5),
        Used("mascara", "Beauty", 13, days: 98, regularity: 4),
        Used("perfume", "Beauty", 62, days: 230, regularity: 2),
        InSeason("sun-cream", "Beauty", 15, days: 32, regularity: 3, from: 5, months: 4),
        Used("olive-oil", "Pantry", 13, days: 47, regularity: 8),
        Used("chocolate", "Pantry", 4, days: 16, regularity: 1.5),
        Used("honey", "Pantry", 8, days: 72, regularity: 3),
        Lasting("barbecue", "Garden", 159),
        InSeason("charcoal", "Garden", 12, days: 24, regularity: 3, from: 4, months: 6, fits: "barbecue"),
        InSeason("plant-food", "Garden", 8, days: 35, regularity: 5, from: 3, months: 7),
        InSeason("bird-seed", "Garden", 14, days: 26, regularity: 7, from: 10, months: 6),
        InSeason("de-icing-salt", "Garden", 9, days: 45, regularity: 2, from: 11, months: 4),
        Given("scented-candle", "Gifts", 19, popularity: 3),
        Given("board-game", "Gifts", 35, popularity: 2),
        Given("novel", "Gifts", 14, popularity: 3),
        Given("mug", "Gifts", 11, popularity: 2),
        Given("photo-frame", "Gifts", 17),
        Given("scarf", "Gifts", 29),
        Given("toy-train", "Gifts", 39),
        Given("plush-bear", "Gifts", 23, popularity: 1.5),
        Given("jewellery-box", "Gifts", 45),
        Given("picnic-basket", "Gifts", 49),
        Given("greeting-cards", "Gifts", 4, popularity: 4),
    ];

    private static ProductFamily Lasting(string name, string category, double price, double popularity = 1, string? fits = null) =>
        new(name, category, price, ProductUse.Durable, Popularity: popularity, Fits: fits);

    private static ProductFamily Used(
        string name, string category, double price, double days, double regularity, double popularity = 1, string? fits = null) =>
        new(name, category, price, ProductUse.Consumable, days, regularity, popularity, fits);

    private static ProductFamily InSeason(
        string name, string category, double price, double days, double regularity, int from, int months, string? fits = null) =>
        new(name, category, price, ProductUse.Seasonal, days, regularity, 1, fits, from, months);

    private static ProductFamily Given(string name, string category, double price, double popularity = 1) =>
        new(name, category, price, ProductUse.Gift, Popularity: popularity);
}
