Attribute VB_Name = "modBook"
Option Explicit

' The workbook a press is about. The add-in has its own answer: the workbook in front.
Public Function PressedBook() As Object
    Set PressedBook = ThisWorkbook
End Function
