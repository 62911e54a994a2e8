namespace PostPurchase.Recommend.Customers;

/// <summary>All that the visit process needs of a customer's past; times count from the first visit, in one unit throughout.</summary>
/// <param name="Repeats">Visits after the first one (x).</param>
/// <param name="LastAt">When the last visit was; zero with no repeats (t_x).</param>
/// <param name="ObservedFor">How long the customer has been watched (T); no less than <paramref name="LastAt"/>.</param>
/// <param name="SumLogGaps">The sum of the natural logarithms of the gaps between visits: the one statistic that knows regularity.</param>
internal readonly record struct VisitRecord(int Repeats, double LastAt, double ObservedFor, double SumLogGaps);
